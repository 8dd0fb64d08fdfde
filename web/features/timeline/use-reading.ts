'use client'

import { useApolloClient } from '@apollo/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { onConnected } from '../../lib/graphql/connection'
import { applyReading, listedConversation } from '../../lib/conversations/conversation-cache'
import { MarkReadDocument, MarkThreadReadDocument } from './__generated__/reading'

const pause = 250

/** A list with a read position. */
interface List {
  readonly conversationId: string
  /** null for the conversation's own. */
  readonly threadId: string | null
}

/**
 * Sends the viewer's read position: the line at the bottom of a visible window. `reading` is false while they keep it
 * unread.
 */
export function useMarkRead({ conversationId, threadId }: List, line: number, reading: boolean): void {
  const tellServer = useTellRead(conversationId, threadId)
  const told = useRef(0)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => onConnected(() => setAttempt((count) => count + 1)), [])
  const waiting = useRef<(() => void) | null>(null)
  useEffect(() => {
    waiting.current = null
    if (!reading || line <= told.current) return
    const tell = () => {
      waiting.current = null
      told.current = line
      // Sent again with the next message or the next connection.
      const tellAgain = () => {
        told.current = 0
      }
      tellServer(line).then((isTold) => {
        if (!isTold) tellAgain()
      }, tellAgain)
    }
    waiting.current = tell
    const timer = setTimeout(tell, pause)
    return () => clearTimeout(timer)
  }, [tellServer, line, reading, attempt])
  // A user who leaves during the pause has read it as well.
  useEffect(() => () => waiting.current?.(), [tellServer])
}

function useTellRead(conversationId: string, rootId: string | null): (line: number) => Promise<boolean> {
  const apollo = useApolloClient()
  return useCallback(
    async (line) => {
      if (rootId === null) {
        const revision = listedConversation(apollo.cache, conversationId)?.readRevision
        const variables = { input: { conversationId, line, revision } }
        const { data } = await apollo.mutate({ mutation: MarkReadDocument, variables, fetchPolicy: 'no-cache' })
        if (data?.markRead?.conversation) applyReading(apollo.cache, data.markRead.conversation)
        return data?.markRead?.errors.length === 0
      }
      const variables = { input: { conversationId, rootId, line } }
      const { data } = await apollo.mutate({ mutation: MarkThreadReadDocument, variables })
      return data?.markThreadRead?.errors.length === 0
    },
    [apollo, conversationId, rootId],
  )
}

interface DividerInput {
  readonly ready: boolean
  readonly lastLine: number
  /** The read position when the conversation was opened. */
  readonly readLine: number | null
  readonly visible: boolean
}

/**
 * The line after which the unread divider is shown, or null for none. It is set when the conversation is opened, and
 * again when something arrives while the window is hidden; messages that arrive while it is visible get no divider.
 */
export function useUnreadDivider({ ready, lastLine, readLine, visible }: DividerInput): [number | null, () => void] {
  const [divider, setDivider] = useState<number | null>(null)
  const [seenLine, setSeenLine] = useState<number | null>(null)
  if (ready && seenLine === null) {
    setSeenLine(lastLine)
    setDivider(readLine !== null && readLine < lastLine ? readLine : null)
  } else if (seenLine !== null && lastLine > seenLine) {
    if (!visible && (divider === null || divider < seenLine)) setDivider(seenLine)
    if (visible) setSeenLine(lastLine)
  }
  return [divider, () => setDivider(null)]
}
