import { evolve } from '../domain/message'
import { detailsSeqAfter, pinChangeOf, type TimelineEvent } from '../domain/timeline-event'
import type { HeadDocument, LastMessage, PinCount } from './documents'

export type Head = Pick<HeadDocument, 'headSeq' | 'lines' | 'detailsSeq' | 'lastMessage' | 'pins' | 'foldedSeq'>

export const noHead: Head = { headSeq: 0, lines: 0 }

/** What some events, in any order, say about the heads of their conversations. */
export function headsOf(events: readonly TimelineEvent[]): ReadonlyMap<string, Head> {
  const heads = new Map<string, Head>()
  for (const event of events) {
    const { headSeq, lines, detailsSeq = 0, lastMessage, pins } = heads.get(event.conversationId) ?? noHead
    const newest = newestAfter(lastMessage, event)
    const pinned = pinChangeOf(event) === 0 ? pins : laterOf(pins, { seq: event.seq, count: event.pins ?? 0 })
    heads.set(event.conversationId, {
      headSeq: Math.max(headSeq, event.seq),
      lines: Math.max(lines, event.lines),
      detailsSeq: detailsSeqAfter(detailsSeq, event),
      ...(newest === undefined ? {} : { lastMessage: newest }),
      ...(pinned === undefined ? {} : { pins: pinned }),
    })
  }
  return heads
}

function newestAfter(known: LastMessage | undefined, event: TimelineEvent): LastMessage | undefined {
  const message = evolve(null, event)
  const isListed = message !== null && message.line !== null
  return !isListed || message.seq < (known?.seq ?? 0) ? known : { seq: message.seq, id: message.id }
}

/** The later of what is stored and what newer events say; they do not move the checkpoint. */
export function laterHead<Stored extends Head>(stored: Stored, newer: Head): Stored {
  const lastMessage = laterOf(stored.lastMessage, newer.lastMessage)
  const pins = laterOf(stored.pins, newer.pins)
  return {
    ...stored,
    headSeq: Math.max(stored.headSeq, newer.headSeq),
    lines: Math.max(stored.lines, newer.lines),
    detailsSeq: Math.max(stored.detailsSeq ?? 0, newer.detailsSeq ?? 0),
    ...(lastMessage === undefined ? {} : { lastMessage }),
    ...(pins === undefined ? {} : { pins }),
  }
}

function laterOf<Part extends LastMessage | PinCount>(
  one: Part | undefined,
  other: Part | undefined,
): Part | undefined {
  return (other?.seq ?? 0) > (one?.seq ?? 0) ? other : one
}
