import { evolve } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'

/** What a frame or a hint may weigh, in UTF-16 units; as JSON at most six times as many bytes. A single event may weigh more. */
export const maxWeight = 64_000
/** The size of an event without its text and reactions: ids, names, times. */
const envelopeWeight = 400
/** An id with its quotes and comma. */
const idWeight = 40

/** About the size of an event, in UTF-16 units: the state of its message has the text and who reacted. */
export function weightOf(event: TimelineEvent): number {
  const message = evolve(null, event)
  if (message === null) return envelopeWeight
  const ids = message.reactions.reduce((sum, { userIds }) => sum + userIds.length, 0)
  return envelopeWeight + message.text.length + ids * idWeight
}
