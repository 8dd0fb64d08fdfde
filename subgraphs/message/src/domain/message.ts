import { unreachable } from '@parley/kernel/decider'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Mentions } from './mentions'
import { noReactions, type Reactions } from './reactions'
import type { ThreadSummary } from './thread'
import {
  type EventOf,
  type ForwardData,
  lineOf,
  type MessageEvent,
  type TimelineEvent,
  type TimelineFact,
} from './timeline-event'

/** A message in its state after the event of `version`: the fold of the events about it. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  /** The seq at which it was sent. */
  readonly seq: number
  /** Its line in the list of the conversation; null for a reply that is only in its thread. */
  readonly line: number | null
  /** The seq of the last event folded in; of two states of a message the one with the higher version is the newer. */
  readonly version: number
  readonly clientId: ClientId
  readonly authorId: UserId
  /** Empty when it was deleted. */
  readonly text: string
  readonly sentAt: Date
  /** null when its text was never edited. */
  readonly editedAt: Date | null
  /** How often its text was edited. */
  readonly editCount: number
  readonly reactions: Reactions
  /** null when it was not deleted. */
  readonly deletedAt: Date | null
  readonly deletedBy: UserId | null
  /** The root of the thread that it is a reply in; null when it is in none. */
  readonly threadId: MessageId | null
  /** Its line in that thread. */
  readonly threadLine: number | null
  /** The thread of which it is the root; null when nobody has replied. */
  readonly thread: ThreadSummary | null
  /** null when it is not pinned. */
  readonly pinnedAt: Date | null
  readonly pinnedBy: UserId | null
  /** null when it mentions nobody. */
  readonly mentions: Mentions | null
  /** The message that it quotes, of the same conversation: only its id is kept. null when it quotes none. */
  readonly replyToId: MessageId | null
  /** Who wrote the text, when it was forwarded; null when its author did. */
  readonly forwardedFromId: UserId | null
}

/** When a message was deleted, and by whom. */
export interface Deletion {
  readonly deletedAt: Date
  readonly deletedBy: UserId
}

/**
 * The state that an event about a message carries: the whole message after the event. The version is the event's own
 * seq. Events from before there were reactions, deletions, threads, pins, mentions, counts of edits, quotes and forwards
 * lack their fields.
 */
export type MessageState = Omit<Message, 'version' | LaterField> & Partial<Pick<Message, LaterField>>
type LaterField =
  | 'reactions'
  | 'deletedAt'
  | 'deletedBy'
  | 'threadId'
  | 'threadLine'
  | 'thread'
  | 'pinnedAt'
  | 'pinnedBy'
  | 'mentions'
  | 'editCount'
  | 'replyToId'
  | 'forwardedFromId'

/** The state of a message after an edit. */
export function edited({ version: _before, ...state }: Message, text: string, mentions: Mentions | null): MessageState {
  return { ...state, text, mentions, editCount: state.editCount + 1 }
}

/** The state of a message with other reactions. */
export function reacted({ version: _before, ...state }: Message, reactions: Reactions): MessageState {
  return { ...state, reactions }
}

/** When a message was pinned, and by whom; both null when it is not. */
export type Pin = Pick<Message, 'pinnedAt' | 'pinnedBy'>

export const notPinned: Pin = { pinnedAt: null, pinnedBy: null }

/** The state of a message that is pinned, or is not any more. */
export function withPin({ version: _before, ...state }: Message, pin: Pin): MessageState {
  return { ...state, ...pin }
}

/** What a deletion takes of the text, and of what the text was about. */
const wordless = { text: '', mentions: null, replyToId: null, forwardedFromId: null } as const

/** What a deletion leaves of a state that an event carries: the place and the author stay. */
export const emptied = { ...wordless, reactions: noReactions, ...notPinned } as const

/** What it leaves of what a message was sent with. */
export const emptiedSending = { ...wordless, sourceId: null } as const

/** The state of a message after its deletion. */
export function deleted({ version: _before, ...state }: Message, deletion: Deletion): MessageState {
  return { ...state, ...emptied, ...deletion }
}

/** What a forward of a message is sent with: it mentions nobody, and is in the name of who wrote the text first. */
export const forwardOf = ({
  id,
  authorId,
  text,
  forwardedFromId,
}: Message): ForwardData & { readonly text: string } => ({
  text,
  forwardedFromId: forwardedFromId ?? authorId,
  sourceId: id,
})

/** The event that sent a message, as readers see it: with the text as it is now. */
export function sendingOf(message: Message): EventOf<'MessageSent'> {
  const { threadId: rootId, threadLine, mentions, replyToId, forwardedFromId } = message
  const isReply = rootId !== null && threadLine !== null
  const thread = isReply ? { rootId, line: threadLine, alsoInConversation: message.line !== null } : null
  return {
    type: 'MessageSent',
    conversationId: message.conversationId,
    seq: message.seq,
    lines: message.line ?? 0,
    actorId: message.authorId,
    clientId: message.clientId,
    at: message.sentAt,
    data: {
      messageId: message.id,
      text: message.text,
      ...(mentions === null ? {} : { mentions }),
      ...(replyToId === null ? {} : { replyToId }),
      ...(forwardedFromId === null ? {} : { forwardedFromId }),
      ...(thread === null ? {} : { thread }),
    },
  }
}

/**
 * An event as the log keeps it after this deletion: an earlier one that carries the same message has lost its text, and
 * says why.
 */
export function erased(event: TimelineEvent, { seq, at, actorId, data }: EventOf<'MessageDeleted'>): TimelineEvent {
  if (!isAboutMessage(event) || event.seq >= seq) return event
  const rest = { ...emptied, deletedAt: at, deletedBy: actorId }
  const root = rootStateIn(event)
  if (root?.id === data.messageId)
    return { ...event, data: { ...event.data, root: { ...root, ...rest } } } as MessageEvent
  if (event.data.messageId !== data.messageId) return event
  if (event.type === 'MessageSent')
    return { ...event, data: { ...event.data, ...emptiedSending, deletedAt: at, deletedBy: actorId } }
  const state = { ...event.data.state, ...rest }
  return { ...event, data: { ...event.data, state } } as MessageEvent
}

/** These events as the log keeps them after the deletions among them. */
export function withErased(events: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const deletions = new Map<MessageId, EventOf<'MessageDeleted'>>()
  for (const event of events) if (event.type === 'MessageDeleted') deletions.set(event.data.messageId, event)
  if (deletions.size === 0) return events
  const afterDeletionOf = (event: TimelineEvent, id: MessageId): TimelineEvent => {
    const deletion = deletions.get(id)
    return deletion === undefined ? event : erased(event, deletion)
  }
  return events.map((event) => messageIdsOf(event).reduce(afterDeletionOf, event))
}

/** Its text is gone, because its message was deleted later. */
export const isErased = (event: MessageEvent): boolean =>
  ((event.type === 'MessageSent' ? event.data : event.data.state).deletedAt ?? null) !== null

export const isAboutMessage = (event: TimelineEvent): event is MessageEvent => 'messageId' in event.data

/** The id of the message that an event is about; null for other events. */
export const messageIdOf = ({ data }: TimelineFact): MessageId | null => ('messageId' in data ? data.messageId : null)

/** Of all messages whose state an event carries: the one that it is about, and the root of the thread that it changes. */
export const messageIdsOf = (fact: TimelineFact): readonly MessageId[] =>
  [messageIdOf(fact), rootStateIn(fact)?.id ?? null].filter((id) => id !== null)

const rootStateIn = ({ data }: TimelineFact): MessageState | null => ('root' in data ? (data.root ?? null) : null)

/** The root of the thread that an event changes, after it: of a reply that was sent or deleted. Null for all others. */
export function rootIn(event: TimelineEvent): Message | null {
  const state = rootStateIn(event)
  return state === null ? null : messageAt(event.seq, state)
}

/**
 * The state of a message after an event; events about other messages do not change it. Without a message it is the one
 * that the event is about. Every event that changes a message carries its whole state, so only the newest event counts, in
 * any order and with duplicates.
 */
export function evolve(message: Message | null, event: TimelineEvent): Message | null {
  if (message !== null && message.version >= event.seq) return message
  const root = rootIn(event)
  if (message !== null && message.id === root?.id) return root
  return message === null || message.id === messageIdOf(event) ? (messageIn(event) ?? message) : message
}

/** The message that an event is about, after it. */
function messageIn(event: TimelineEvent): Message | null {
  switch (event.type) {
    case 'MessageSent':
      return messageSent(event)
    case 'MessageEdited':
      return { ...messageAt(event.seq, event.data.state), editedAt: event.at }
    case 'ReactionAdded':
    case 'ReactionRemoved':
    case 'MessageDeleted':
    case 'MessagePinned':
    case 'MessageUnpinned':
      return messageAt(event.seq, event.data.state)
    default:
      return isAboutMessage(event) ? unreachable(event) : null
  }
}

function messageSent(event: EventOf<'MessageSent'>): Message {
  const { conversationId, seq, clientId, actorId, at, data } = event
  return {
    id: data.messageId,
    conversationId,
    seq,
    line: lineOf(event),
    version: seq,
    clientId,
    authorId: actorId,
    text: data.text,
    sentAt: at,
    editedAt: null,
    editCount: 0,
    reactions: noReactions,
    deletedAt: data.deletedAt ?? null,
    deletedBy: data.deletedBy ?? null,
    threadId: data.thread?.rootId ?? null,
    threadLine: data.thread?.line ?? null,
    thread: null,
    ...notPinned,
    mentions: data.mentions ?? null,
    replyToId: data.replyToId ?? null,
    forwardedFromId: data.forwardedFromId ?? null,
  }
}

const messageAt = (version: number, state: MessageState): Message => ({
  ...state,
  editCount: state.editCount ?? 0,
  reactions: state.reactions ?? noReactions,
  deletedAt: state.deletedAt ?? null,
  deletedBy: state.deletedBy ?? null,
  threadId: state.threadId ?? null,
  threadLine: state.threadLine ?? null,
  thread: state.thread ?? null,
  pinnedAt: state.pinnedAt ?? null,
  pinnedBy: state.pinnedBy ?? null,
  mentions: state.mentions ?? null,
  replyToId: state.replyToId ?? null,
  forwardedFromId: state.forwardedFromId ?? null,
  version,
})

/** Known messages and those in the events, each in the state after its last event. */
export function messagesAfter(
  events: Iterable<TimelineEvent>,
  known: Iterable<Message> = [],
): ReadonlyMap<MessageId, Message> {
  const messages = new Map<MessageId, Message>()
  for (const message of known) messages.set(message.id, message)
  for (const event of events)
    for (const after of [messageIn(event), rootIn(event)]) {
      if (after !== null && after.version > (messages.get(after.id)?.version ?? 0)) messages.set(after.id, after)
    }
  return messages
}

/** The newest one of those that make a line of the conversation. */
export const newestOf = (messages: Iterable<Message>): Message | null =>
  [...messages]
    .filter(({ line }) => line !== null)
    .reduce<Message | null>((newest, one) => (newest !== null && newest.seq > one.seq ? newest : one), null)
