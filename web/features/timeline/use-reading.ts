'use client'

import { useApolloClient } from '@apollo/client/react'
import { useEffect, useRef, useState } from 'react'
import { onConnected } from '../../lib/graphql/connection'
import { MarkReadDocument } from './__generated__/timeline'

const pause = 250

/** Tells the server how far the viewer has read: what stood at the bottom of a window that could be seen. */
export function useMarkRead(conversationId: string, seq: number, reading: boolean): void {
  const apollo = useApolloClient()
  const told = useRef(0)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => onConnected(() => setAttempt((count) => count + 1)), [])
  const waiting = useRef<(() => void) | null>(null)
  useEffect(() => {
    waiting.current = null
    if (!reading || seq <= told.current) return
    const tell = () => {
      waiting.current = null
      told.current = seq
      const input = { conversationId, seq }
      apollo.mutate({ mutation: MarkReadDocument, variables: { input } }).catch(() => {
        // Told again with the next message or the next connection.
        told.current = 0
      })
    }
    waiting.current = tell
    const timer = setTimeout(tell, pause)
    return () => clearTimeout(timer)
  }, [apollo, conversationId, seq, reading, attempt])
  // Who leaves within the pause has read it all the same.
  useEffect(() => () => waiting.current?.(), [conversationId])
}

interface DividerInput {
  readonly ready: boolean
  readonly cursor: number
  /** How far was read when the conversation was opened. */
  readonly readSeq: number | null
  readonly visible: boolean
}

/**
 * The seq behind which the unread divider stands, or null for none. It is set when the conversation is opened, and again
 * when something arrives while nobody can see the window; what arrives before one's eyes gets no divider.
 */
export function useUnreadDivider({ ready, cursor, readSeq, visible }: DividerInput): [number | null, () => void] {
  const [divider, setDivider] = useState<number | null>(null)
  const [seenSeq, setSeenSeq] = useState<number | null>(null)
  if (ready && seenSeq === null) {
    setSeenSeq(cursor)
    setDivider(readSeq !== null && readSeq < cursor ? readSeq : null)
  } else if (seenSeq !== null && cursor > seenSeq) {
    if (!visible && (divider === null || divider < seenSeq)) setDivider(seenSeq)
    if (visible) setSeenSeq(cursor)
  }
  return [divider, () => setDivider(null)]
}
