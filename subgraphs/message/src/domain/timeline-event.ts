import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { MessageState } from './message'

/** What events of a kind carry, and whether they make a line in the conversation's list. */
interface Kind<Data> {
  readonly makesLine: boolean
  /** Only for the compiler. */
  readonly data?: Data
}

const line = <Data>(): Kind<Data> => ({ makesLine: true })
const change = <Data>(): Kind<Data> => ({ makesLine: false })

/**
 * Every kind of event, by the one name that it has everywhere: here, in MongoDB, on Kafka, in GraphQL, in the client. A kind whose
 * data names a message (`messageId`) is about that message, and `evolve` in message.ts says what it makes of it.
 */
const kinds = {
  MessageSent: line<{ readonly messageId: MessageId; readonly text: string }>(),
  MessageEdited: change<{ readonly messageId: MessageId; readonly state: MessageState }>(),
  ConversationStarted: line<{ readonly title: string | null }>(),
  MemberJoined: line<{ readonly memberId: UserId }>(),
  MemberLeft: line<{ readonly memberId: UserId }>(),
  TitleChanged: line<{ readonly title: string }>(),
}

type Kinds = typeof kinds
type DataOf<Name extends keyof Kinds> = Kinds[Name] extends Kind<infer Data> ? Data : never

/** What happened, without where it stands in the log. */
export type TimelineFact = {
  [Name in keyof Kinds]: { readonly type: Name; readonly data: DataOf<Name> }
}[keyof Kinds]

/** A fact on its way into the log. `clientId` makes it happen once, however often it is sent. */
export type TimelineEntry = TimelineFact & {
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly clientId: ClientId
  readonly at: Date
}

/** A place in the log, by the two counts: both begin at 1 and have no gap. */
export interface Place {
  /** Counts every event, and is the order that every member sees. */
  readonly seq: number
  /** Counts the lines up to here, this event's own among them if it makes one. */
  readonly lines: number
}

/** A fact in the log. */
export type TimelineEvent = TimelineEntry & Place
export type EventKind = TimelineEvent['type']
/** An event of one kind. */
export type EventOf<Kind extends EventKind> = Extract<TimelineEvent, { type: Kind }>
/** An event about a message. */
export type MessageEvent = Extract<TimelineEvent, { data: { messageId: MessageId } }>

export const beginning: Place = { seq: 0, lines: 0 }

/** Both counts are derived from the event before, so the unique seq makes both safe. */
export const placeAfter = ({ seq, lines }: Place, { type }: TimelineFact): Place => ({
  seq: seq + 1,
  lines: kinds[type].makesLine ? lines + 1 : lines,
})

/** Which line of the conversation's list an event makes; null for one that makes none. */
export const lineOf = ({ type, lines }: TimelineEvent): number | null => (kinds[type].makesLine ? lines : null)

/** After this event `userId` may see no more of the conversation. */
export const endsMembershipOf = (event: TimelineEvent, userId: UserId): boolean =>
  event.type === 'MemberLeft' && event.data.memberId === userId
