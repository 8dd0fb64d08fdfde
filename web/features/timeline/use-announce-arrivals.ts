'use client'

import { useEffect, useRef } from 'react'
import { announceMessage } from '../../lib/announce'
import { personOf } from '../../lib/people/people'
import type { LineEvent } from './model/events'

/** Announces the messages of others while the conversation is open. */
export function useAnnounceArrivals(events: readonly LineEvent[], viewerId: string): void {
  const said = useRef<number | null>(null)
  useEffect(() => {
    const last = events.at(-1)?.line ?? 0
    const from = said.current ?? last
    said.current = Math.max(from, last)
    for (const event of events) {
      if (event.line > from && event.type === 'MessageSent' && event.actor.id !== viewerId)
        announceMessage(personOf(event.actor.id, event.actor).displayName, event.message.text)
    }
  }, [events, viewerId])
}
