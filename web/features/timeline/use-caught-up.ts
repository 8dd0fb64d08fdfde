'use client'

import { useEffect } from 'react'
import { caughtUp } from '../../lib/caught-up'
import { useStorePart } from '../../lib/use-store'
import type { ReadingProgress } from './model/reading-progress'

/** Tells the list of conversations that all of the open one has been seen. */
export function useCaughtUp(conversationId: string, progress: ReadingProgress): void {
  const isCaughtUp = useStorePart(progress, ({ onScreen, isBehind }) => onScreen !== null && !isBehind)
  useEffect(() => {
    caughtUp.set(isCaughtUp ? conversationId : null)
    return () => caughtUp.set(null)
  }, [conversationId, isCaughtUp])
}
