'use client'

import { useState } from 'react'
import type { LineEvent } from './model/events'

/** How many messages of others have come since the reader was last at the end. */
export function useUnseen(events: readonly LineEvent[], viewerId: string, atEnd: boolean): number {
  const last = events.at(-1)?.line ?? 0
  const [seen, setSeen] = useState(last)
  if (atEnd && seen !== last) setSeen(last)
  if (atEnd || seen >= last) return 0
  const after = events.findLastIndex(({ line }) => line <= seen)
  return events.slice(after + 1).filter(({ type, actor }) => type === 'MessageSent' && actor.id !== viewerId).length
}
