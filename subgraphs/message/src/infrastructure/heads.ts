import { evolve } from '../domain/message'
import { detailsSeqAfter, type TimelineEvent } from '../domain/timeline-event'
import type { HeadDocument, LastMessage } from './documents'

export type Head = Pick<HeadDocument, 'headSeq' | 'lines' | 'detailsSeq' | 'lastMessage' | 'foldedSeq'>

export const noHead: Head = { headSeq: 0, lines: 0 }

/** What some events, in any order, say about the heads of their conversations. */
export function headsOf(events: readonly TimelineEvent[]): ReadonlyMap<string, Head> {
  const heads = new Map<string, Head>()
  for (const event of events) {
    const { headSeq, lines, detailsSeq = 0, lastMessage } = heads.get(event.conversationId) ?? noHead
    const newest = newestAfter(lastMessage, event)
    heads.set(event.conversationId, {
      headSeq: Math.max(headSeq, event.seq),
      lines: Math.max(lines, event.lines),
      detailsSeq: detailsSeqAfter(detailsSeq, event),
      ...(newest === undefined ? {} : { lastMessage: newest }),
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
  const isNewer = (newer.lastMessage?.seq ?? 0) > (stored.lastMessage?.seq ?? 0)
  const lastMessage = isNewer ? newer.lastMessage : stored.lastMessage
  return {
    ...stored,
    headSeq: Math.max(stored.headSeq, newer.headSeq),
    lines: Math.max(stored.lines, newer.lines),
    detailsSeq: Math.max(stored.detailsSeq ?? 0, newer.detailsSeq ?? 0),
    ...(lastMessage === undefined ? {} : { lastMessage }),
  }
}
