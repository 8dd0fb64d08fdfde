import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'

/** What each kind of event carries. A kind has this one name everywhere: here, in MongoDB, on Kafka, in GraphQL, in the client. */
interface Kinds {
  MessageSent: { readonly messageId: MessageId; readonly text: string }
  ConversationStarted: { readonly title: string | null }
  MemberJoined: { readonly memberId: UserId }
  MemberLeft: { readonly memberId: UserId }
  TitleChanged: { readonly title: string }
}

type KindName = keyof Kinds

/** Which kinds make a line in the conversation's list; the others only change what stands there. */
const makesLine: Readonly<Record<KindName, boolean>> = {
  MessageSent: true,
  ConversationStarted: true,
  MemberJoined: true,
  MemberLeft: true,
  TitleChanged: true,
}

/** What happened, without where it stands in the log. */
export type TimelineFact = { [Name in KindName]: { readonly type: Name; readonly data: Kinds[Name] } }[KindName]

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
export type MessageSentEvent = Extract<TimelineEvent, { type: 'MessageSent' }>

export const beginning: Place = { seq: 0, lines: 0 }

/** Both counts are derived from the event before, so the unique seq makes both safe. */
export const placeAfter = ({ seq, lines }: Place, { type }: TimelineFact): Place => ({
  seq: seq + 1,
  lines: makesLine[type] ? lines + 1 : lines,
})

/** Which line of the conversation's list an event makes; null for one that makes none. */
export const lineOf = ({ type, lines }: TimelineEvent): number | null => (makesLine[type] ? lines : null)

/** After this event `userId` may see no more of the conversation. */
export const endsMembershipOf = (event: TimelineEvent, userId: UserId): boolean =>
  event.type === 'MemberLeft' && event.data.memberId === userId
