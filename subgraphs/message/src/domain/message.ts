import { unreachable } from '@parley/kernel/decider'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { TimelineEvent } from './timeline-event'

/** What somebody wrote, as it is after the event of `version`: the fold of the events about it. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  /** Where it was sent. */
  readonly seq: number
  readonly line: number
  /** The seq of the last event folded in; of two states of a message the one with the higher version is the newer. */
  readonly version: number
  readonly clientId: ClientId
  readonly authorId: UserId
  readonly text: string
  readonly sentAt: Date
}

/** Which message an event is about; null for an event that is about none. */
export function messageIdOf(event: TimelineEvent): MessageId | null {
  switch (event.type) {
    case 'MessageSent':
      return event.data.messageId
    case 'ConversationStarted':
    case 'MemberJoined':
    case 'MemberLeft':
    case 'TitleChanged':
      return null
    default:
      return unreachable(event)
  }
}

/**
 * The state of a message after an event about it. Every such event carries the whole state that it leaves, so that nothing but
 * the newest event is needed, in whatever order and however often they come.
 */
export function evolve(message: Message | null, event: TimelineEvent): Message | null {
  if (message !== null && message.version >= event.seq) return message
  switch (event.type) {
    case 'MessageSent': {
      const { conversationId, seq, lines, clientId, actorId, at, data } = event
      return {
        id: data.messageId,
        conversationId,
        seq,
        line: lines,
        version: seq,
        clientId,
        authorId: actorId,
        text: data.text,
        sentAt: at,
      }
    }
    case 'ConversationStarted':
    case 'MemberJoined':
    case 'MemberLeft':
    case 'TitleChanged':
      return message
    default:
      return unreachable(event)
  }
}

/** Known messages and those that events are about, each as the last of its events leaves it. */
export function messagesAfter(
  events: Iterable<TimelineEvent>,
  known: Iterable<Message> = [],
): ReadonlyMap<MessageId, Message> {
  const messages = new Map<MessageId, Message>()
  for (const message of known) messages.set(message.id, message)
  for (const event of events) {
    const id = messageIdOf(event)
    const after = id === null ? null : evolve(messages.get(id) ?? null, event)
    if (after !== null) messages.set(after.id, after)
  }
  return messages
}
