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
  /** Empty when it was deleted. */
  readonly text: string
  readonly sentAt: Date
  /** null when its text was never edited. */
  readonly editedAt: Date | null
  readonly reactions: Reactions
  /** null when it was not deleted. */
  readonly deletedAt: Date | null
  readonly deletedBy: UserId | null
}

/** When a message was deleted, and by whom. */
export interface Deletion {
  readonly deletedAt: Date
  readonly deletedBy: UserId
}

/**
 * The state that an event about a message carries: the whole message after the event. The version is the event's own
 * seq. Events from before there were reactions and deletions lack their fields.
 */
export type MessageState = Omit<Message, 'version' | LaterField> & Partial<Pick<Message, LaterField>>
type LaterField = 'reactions' | 'deletedAt' | 'deletedBy'

/** The state of a message after an edit. */
export function edited({ version: _before, ...state }: Message, text: string): MessageState {
  return { ...state, text }
}

/** The state of a message with other reactions. */
export function reacted({ version: _before, ...state }: Message, reactions: Reactions): MessageState {
  return { ...state, reactions }
}

/** The state of a message after its deletion: its place and its author stay, its text and its reactions are gone. */
export function deleted({ version: _before, ...state }: Message, deletion: Deletion): MessageState {
  return { ...state, text: '', reactions: noReactions, ...deletion }
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

/**
 * An event as the log keeps it after this deletion: an earlier one about the same message has lost its text, and says
 * why.
 */
export function erased(event: TimelineEvent, { seq, at, actorId, data }: EventOf<'MessageDeleted'>): TimelineEvent {
  if (!isAboutMessage(event) || event.data.messageId !== data.messageId || event.seq >= seq) return event
  const rest = { text: '', deletedAt: at, deletedBy: actorId }
  if (event.type === 'MessageSent') return { ...event, data: { ...event.data, ...rest } }
  const state = { ...event.data.state, reactions: noReactions, ...rest }
  return { ...event, data: { ...event.data, state } } as MessageEvent
}

/** These events as the log keeps them after the deletions among them. */
export function withErased(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const deletions = new Map<MessageId, EventOf<'MessageDeleted'>>()
  for (const event of events) if (event.type === 'MessageDeleted') deletions.set(event.data.messageId, event)
  if (deletions.size === 0) return events
  return events.map((event) => {
    const id = messageIdOf(event)
    const deletion = id === null ? undefined : deletions.get(id)
    return deletion === undefined ? event : erased(event, deletion)
  })
}

/** Its text is gone, because its message was deleted later. */
export const isErased = (event: MessageEvent): boolean =>
  ((event.type === 'MessageSent' ? event.data : event.data.state).deletedAt ?? null) !== null

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
        deletedAt: data.deletedAt ?? null,
        deletedBy: data.deletedBy ?? null,
      }
    }
    case 'MessageEdited':
      return { ...stateAfter(event), editedAt: event.at }
    case 'ReactionAdded':
    case 'ReactionRemoved':
    case 'MessageDeleted':
      return stateAfter(event)
    default:
      return isAboutMessage(event) ? unreachable(event) : message
  }
}

const stateAfter = ({ seq, data: { state } }: Extract<MessageEvent, { data: { state: MessageState } }>): Message => ({
  ...state,
  reactions: state.reactions ?? noReactions,
  deletedAt: state.deletedAt ?? null,
  deletedBy: state.deletedBy ?? null,
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
