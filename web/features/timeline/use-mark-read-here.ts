'use client'

import { useEffect, useRef } from 'react'
import { markReadHere } from '../../lib/commands'
import type { Unread } from './use-unread'

/** Lets a key do what the bar does: mark the conversation as read. It goes to its end, too. Not in a thread. */
export function useMarkReadHere(threadId: string | null, { onRead }: Unread, toNewest: () => void): void {
  const now = useRef({ onRead, toNewest })
  now.current = { onRead, toNewest }
  useEffect(() => {
    if (threadId !== null) return
    markReadHere.set(() => {
      now.current.onRead()
      now.current.toNewest()
    })
    return () => markReadHere.set(null)
  }, [threadId])
}
