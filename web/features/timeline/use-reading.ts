'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect, useMemo, useState } from 'react'
import { onConnected } from '../../lib/graphql/connection'
import { applyReading, listedConversation } from '../../lib/conversations/conversation-cache'
import { MarkReadDocument, MarkThreadReadDocument } from './__generated__/reading'
import { ReadTeller, type Seen } from './model/read-teller'

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
  const apollo = useApolloClient()
  const teller = useMemo(
    () =>
      new ReadTeller({
        revision: () =>
          threadId === null ? (listedConversation(apollo.cache, conversationId)?.readRevision ?? undefined) : undefined,
        tell: (seen) => tellRead(apollo, { conversationId, threadId }, seen),
      }),
    [apollo, conversationId, threadId],
  )
  useEffect(() => {
    if (reading) teller.see(line)
    else teller.lookAway()
  }, [teller, line, reading])
  useEffect(() => onConnected(() => teller.retry()), [teller])
  useEffect(() => () => teller.leave(), [teller])
}

async function tellRead(
  apollo: ApolloClient,
  { conversationId, threadId: rootId }: List,
  { line, revision }: Seen,
): Promise<boolean> {
  if (rootId === null) {
    const variables = { input: { conversationId, line, revision } }
    const { data } = await apollo.mutate({ mutation: MarkReadDocument, variables, fetchPolicy: 'no-cache' })
    if (data?.markRead?.conversation) applyReading(apollo.cache, data.markRead.conversation)
    return data?.markRead?.errors.length === 0
  }
  const variables = { input: { conversationId, rootId, line } }
  const { data } = await apollo.mutate({ mutation: MarkThreadReadDocument, variables })
  return data?.markThreadRead?.errors.length === 0
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
