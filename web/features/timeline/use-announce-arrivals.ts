'use client'

import { useEffect, useRef } from 'react'
import { announceMessage } from '../../lib/announce'
import { personOf } from '../../lib/people/people'
import type { TimelineEvent } from './model/events'

/** Reads out what others send while the conversation is open. */
export function useAnnounceArrivals(events: readonly TimelineEvent[], viewerId: string): void {
  const said = useRef<number | null>(null)
  useEffect(() => {
    const last = events.at(-1)?.seq ?? 0
    const from = said.current ?? last
    said.current = Math.max(from, last)
    for (const event of events) {
      if (event.seq > from && event.type === 'message' && event.actor.id !== viewerId)
        announceMessage(personOf(event.actor.id, event.actor).displayName, event.text)
    }
  }, [events, viewerId])
}
