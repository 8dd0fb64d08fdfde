import type { Emoji } from '@parley/kernel/emoji'
import { DomainError } from '@parley/kernel/errors'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import type { MentionChange, Mentions } from './mentions'
import type { Deletion, MessageState } from './message'

/** A reaction that was added or removed, and its message after that. */
type ReactionChange = {
  readonly messageId: MessageId
  readonly emoji: Emoji
  readonly state: MessageState
}

/** What a forward adds to what a message is sent with; null once it was deleted. */
export interface ForwardData {
  /** Who wrote the text first. */
  readonly forwardedFromId: UserId | null
  /** The message that was forwarded, perhaps of another conversation: known to the log alone, to tell a retry. */
  readonly sourceId: MessageId | null
}

/** What a reply in a thread adds to what a message is sent with. */
export interface ReplyData {
  readonly thread: ThreadPlace
  /** The root of the thread after the reply. */
  readonly root: MessageState
}

/** The place of a reply in a thread. */
export interface ThreadPlace {
  /** The id of the message that the thread is about. */
  readonly rootId: MessageId
  /** Counts the replies of the thread, from 1 and without a gap. */
  readonly line: number
  /** It makes a line in the list of the conversation as well. */
  readonly alsoInConversation: boolean
}

/** The data of a kind of events, and their effect on a conversation. */
interface Kind<Data> {
  /** Whether they make a line in its list; replies in threads only if they are to be in it. */
  readonly makesLine: boolean
  /** Whether they change its details: title, members and other data of the conversation subgraph. */
  readonly changesDetails: boolean
  /** Only for the compiler. */
  readonly data?: Data
}

const line = <Data>(): Kind<Data> => ({ makesLine: true, changesDetails: false })
const lineAboutDetails = <Data>(): Kind<Data> => ({ makesLine: true, changesDetails: true })
const change = <Data>(): Kind<Data> => ({ makesLine: false, changesDetails: false })

/**
 * Every kind of event, under the one name that it has everywhere: here, in MongoDB, on Kafka, in GraphQL, in the
 * client. A kind whose data has a `messageId` is about that message, and `evolve` in message.ts folds it.
 */
const kinds = {
  MessageSent: line<
    {
      readonly messageId: MessageId
      readonly text: string
      readonly mentions?: Mentions | null
      /** The message that it quotes. */
      readonly replyToId?: MessageId | null
    } & Partial<ForwardData> &
      Partial<ReplyData> &
      Partial<Deletion>
  >(),
  MessageEdited: change<{ readonly messageId: MessageId; readonly state: MessageState } & MentionChange>(),
  ReactionAdded: change<ReactionChange>(),
  ReactionRemoved: change<ReactionChange>(),
  /** `root`: of the thread, after one of its replies was deleted. `unpins`: it was pinned until then. */
  MessageDeleted: change<
    {
      readonly messageId: MessageId
      readonly state: MessageState
      readonly root?: MessageState
      readonly unpins?: true
    } & MentionChange
  >(),
  MessagePinned: change<{ readonly messageId: MessageId; readonly state: MessageState }>(),
  MessageUnpinned: change<{ readonly messageId: MessageId; readonly state: MessageState }>(),
  ConversationStarted: lineAboutDetails<{ readonly title: string | null }>(),
  MemberJoined: lineAboutDetails<{ readonly memberId: UserId }>(),
  MemberLeft: lineAboutDetails<{ readonly memberId: UserId }>(),
  TitleChanged: lineAboutDetails<{ readonly title: string }>(),
  TopicChanged: lineAboutDetails<{ readonly topic: string | null }>(),
}

type Kinds = typeof kinds
type DataOf<Name extends keyof Kinds> = Kinds[Name] extends Kind<infer Data> ? Data : never

/** An event without its place in the log. */
export type TimelineFact = {
  [Name in keyof Kinds]: { readonly type: Name; readonly data: DataOf<Name> }
}[keyof Kinds]

/** A fact to be appended. `clientId` makes it idempotent. */
export type TimelineEntry = TimelineFact & {
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly clientId: ClientId
  readonly at: Date
}

/** A place in the log. The two counts begin at 1 and have no gap. */
export interface Place {
  /** Counts every event, and is the order that every member sees. */
  readonly seq: number
  /** Counts the lines up to here, this event's own among them if it makes one. */
  readonly lines: number
  /** How many messages are pinned, this event included; absent for none. */
  readonly pins?: number
}

/** A fact in the log. */
export type TimelineEvent = TimelineEntry & Place
export type EventKind = TimelineEvent['type']
/** An event of one kind. */
export type EventOf<Kind extends EventKind> = Extract<TimelineEvent, { type: Kind }>
/** An event about a message. */
export type MessageEvent = Extract<TimelineEvent, { data: { messageId: MessageId } }>

export const beginning: Place = { seq: 0, lines: 0 }

const makesLine = (fact: TimelineFact): boolean => {
  const isOnlyInThread = fact.type === 'MessageSent' && fact.data.thread?.alsoInConversation === false
  return kinds[fact.type].makesLine && !isOnlyInThread
}

/** All counts are derived from the event before, so the unique seq makes them safe. */
export function placeAfter({ seq, lines, pins: before = 0 }: Place, fact: TimelineFact): Place {
  // An event of a release that knows no pins has lost the count.
  const pins = Math.max(0, before + pinChangeOf(fact))
  return {
    seq: seq + 1,
    lines: makesLine(fact) ? lines + 1 : lines,
    ...(pins === 0 ? {} : { pins }),
  }
}

/** By how much an event changes the number of pinned messages. */
export function pinChangeOf({ type, data }: TimelineFact): number {
  if (type === 'MessagePinned') return 1
  return type === 'MessageUnpinned' || (type === 'MessageDeleted' && data.unpins === true) ? -1 : 0
}

/** Why a fact may not follow on this place; null if it may. */
export const refusalAfter = ({ pins = 0 }: Place, { type }: TimelineFact): DomainError | null =>
  type === 'MessagePinned' && pins >= limits.pins ? tooManyPins() : null

const tooManyPins = () =>
  new DomainError('state', 'TOO_MANY_PINS', `A conversation has up to ${limits.pins} pinned messages. Unpin one first.`)

/** Which line of the conversation's list an event makes; null for one that makes none. */
export const lineOf = (event: TimelineEvent): number | null => (makesLine(event) ? event.lines : null)

/** The place in its thread of a reply that an event sent; null for all other events. */
export const threadPlaceOf = (fact: TimelineFact): ThreadPlace | null =>
  fact.type === 'MessageSent' ? (fact.data.thread ?? null) : null

/** Which edit of its message an event is, from 1 without a gap; null for all other events. */
export const editNumberOf = (fact: TimelineFact): number | null =>
  fact.type === 'MessageEdited' ? (fact.data.state.editCount ?? null) : null

/** How far a conversation has come. */
export interface Standing extends Place {
  /** The seq of the last event that changed its details; 0 for none. */
  readonly detailsSeq: number
}

export const notBegun: Standing = { ...beginning, detailsSeq: 0 }

/** The seq of the last event that changed the conversation's details, once this one is known too. */
export const detailsSeqAfter = (detailsSeq: number, { type, seq }: TimelineEvent): number =>
  kinds[type].changesDetails ? Math.max(detailsSeq, seq) : detailsSeq

/** Who may see no more of the conversation after this event. */
export const formerMemberIn = (event: TimelineEvent): UserId | null =>
  event.type === 'MemberLeft' ? event.data.memberId : null
