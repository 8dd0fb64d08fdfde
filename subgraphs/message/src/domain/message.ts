import { unreachable } from '@parley/kernel/decider'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { MessageEvent, TimelineEvent } from './timeline-event'

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
  /** null when its text is as it was sent. */
  readonly editedAt: Date | null
}

/** What an event that changes a message carries: all of it as the event leaves it. The version is the event's own seq. */
export type MessageState = Omit<Message, 'version'>

/** What an edit makes of a message. */
export function edited({ version: _before, ...state }: Message, text: string): MessageState {
  return { ...state, text }
}

export const isAboutMessage = (event: TimelineEvent): event is MessageEvent => 'messageId' in event.data

/** Which message an event is about; null for an event that is about none. */
export const messageIdOf = (event: TimelineEvent): MessageId | null =>
  isAboutMessage(event) ? event.data.messageId : null

/**
 * The state of a message after an event; events that are about no message leave it. Every event about one carries the whole state
 * that it leaves, so that nothing but the newest event is needed, in whatever order and however often they come.
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
        editedAt: null,
      }
    }
    case 'MessageEdited':
      return { ...event.data.state, version: event.seq, editedAt: event.at }
    default:
      return isAboutMessage(event) ? unreachable(event) : message
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
