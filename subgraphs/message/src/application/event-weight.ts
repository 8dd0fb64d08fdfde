import { limits } from '@parley/kernel/limits'
import { evolve, type Message, rootIn } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'

/** What a frame or a hint may weigh, in UTF-16 units; as JSON at most six times as many bytes. A single event may weigh more. */
export const maxWeight = 64_000
/** The size of an event without its text and reactions: ids, names, times. */
const envelopeWeight = 400
/** What a reply quotes is read when the frame is made, and may be as long as any message. */
const quotedWeight = limits.messageLength
/** An id with its quotes and comma. */
const idWeight = 40

/** About the size of an event, in UTF-16 units. */
export const weightOf = (event: TimelineEvent): number =>
  envelopeWeight + stateWeight(evolve(null, event)) + stateWeight(rootIn(event))

/** The state of a message has the text, who reacted, who is mentioned, and who replied. */
function stateWeight(message: Message | null): number {
  if (message === null) return 0
  const mentioned = (message.mentions?.userIds.length ?? 0) + (message.mentions?.groupIds.length ?? 0)
  const reacted = message.reactions.reduce((sum, { userIds }) => sum + userIds.length, 0)
  const quoted = message.replyToId === null ? 0 : quotedWeight
  return message.text.length + quoted + (reacted + mentioned + (message.thread?.participantIds.length ?? 0)) * idWeight
}
