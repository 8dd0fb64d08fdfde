'use client'

import { excerpt } from '@parley/text/plain'
import { useEffect, useRef } from 'react'
import { announceMessage } from '../../lib/announce'
import { nameOf, personOf } from '../../lib/people/people'
import { arrivals } from './model/arrivals'
import type { LineEvent } from './model/events'

/** UTF-16 units: who wants to hear more reads the message. */
const longest = 500

/** Announces the messages of others while the conversation is open. */
export function useAnnounceArrivals(events: readonly LineEvent[], viewerId: string): void {
  const said = useRef<number | null>(null)
  useEffect(() => {
    const last = events.at(-1)?.line ?? 0
    const from = said.current ?? last
    said.current = Math.max(from, last)
    for (const { actor, message } of arrivals(events, from, viewerId))
      announceMessage(personOf(actor.id, actor).displayName, excerpt(message.text, longest, nameOf))
  }, [events, viewerId])
}
