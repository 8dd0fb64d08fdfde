import { unreachable } from '@parley/kernel/decider'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { noReactions, type Reactions } from './reactions'
import type { EventOf, MessageEvent, TimelineEvent, TimelineFact } from './timeline-event'

/** A message in its state after the event of `version`: the fold of the events about it. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  /** The seq at which it was sent. */
  readonly seq: number
  readonly line: number
  /** The seq of the last event folded in; of two states of a message the one with the higher version is the newer. */
  readonly version: number
  readonly clientId: ClientId
  readonly authorId: UserId
  readonly text: string
  readonly sentAt: Date
  /** null when its text was never edited. */
  readonly editedAt: Date | null
  readonly reactions: Reactions
}

/**
 * The state that an event about a message carries: the whole message after the event. The version is the event's own
 * seq. Events from before there were reactions lack them.
 */
export type MessageState = Omit<Message, 'version' | 'reactions'> & Partial<Pick<Message, 'reactions'>>

/** The state of a message after an edit. */
export function edited({ version: _before, ...state }: Message, text: string): MessageState {
  return { ...state, text }
}

/** The state of a message with other reactions. */
export function reacted({ version: _before, ...state }: Message, reactions: Reactions): MessageState {
  return { ...state, reactions }
}

/** The event that sent a message, as readers see it: with the text as it is now. */
export const sendingOf = (message: Message): EventOf<'MessageSent'> => ({
  type: 'MessageSent',
  conversationId: message.conversationId,
  seq: message.seq,
  lines: message.line,
  actorId: message.authorId,
  clientId: message.clientId,
  at: message.sentAt,
  data: { messageId: message.id, text: message.text },
})

export const isAboutMessage = (event: TimelineEvent): event is MessageEvent => 'messageId' in event.data

/** The id of the message that an event is about; null for other events. */
export const messageIdOf = ({ data }: TimelineFact): MessageId | null => ('messageId' in data ? data.messageId : null)

/**
 * The state of a message after an event; events about no message do not change it. Every event about a message carries
 * its whole state, so only the newest event counts, in any order and with duplicates.
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
        reactions: noReactions,
      }
    }
    case 'MessageEdited':
      return { ...stateAfter(event), editedAt: event.at }
    case 'ReactionAdded':
    case 'ReactionRemoved':
      return stateAfter(event)
    default:
      return isAboutMessage(event) ? unreachable(event) : message
  }
}

const stateAfter = ({ seq, data: { state } }: Extract<MessageEvent, { data: { state: MessageState } }>): Message => ({
  ...state,
  reactions: state.reactions ?? noReactions,
  version: seq,
})

/** Known messages and those in the events, each in the state after its last event. */
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
