import type { QuotePartsFragment } from '../../../lib/graphql/__generated__/fragments'
import { type Person, personOf } from '../../../lib/people/people'
import type { MessagePartsFragment, TimelineEventPartsFragment } from '../__generated__/timeline'

/** The current state of a message: of two states the one with the higher version is the newer. */
export type Message = MessagePartsFragment & {
  /** What it quotes, where it is told as it was sent; in a timeline's state that is kept beside the messages. */
  readonly replyTo?: Quote | null
  /** Who wrote its text, if it was forwarded, where it is told as it was sent. */
  readonly forwardedFrom?: Person | null
  /** Laid over it where it is shown: nothing that all members get tells what is private. */
  readonly isBookmarked?: boolean
  /** Its line in the list of its thread, where it is shown in that; see `lineOf`. */
  readonly listLine?: number | null
}

/** What is shown of a message that another one quotes. */
export type Quote = QuotePartsFragment & { readonly listLine?: number | null }

/** The line of a message in the list in which it is shown: that of a thread, or of the conversation. */
export const lineOf = ({ line, listLine = line }: Pick<Message, 'line' | 'listLine'>): number | null => listLine

export function quoteOf(message: Quote): Quote {
  const { id, version, authorId, text, deletedAt, line, threadId, threadLine, listLine } = message
  const quote = { id, version, authorId, text, deletedAt, line, threadId, threadLine }
  return listLine === undefined ? quote : { ...quote, listLine }
}

type KindName = TimelineEventPartsFragment['__typename']
type Part<Name extends KindName> = Extract<TimelineEventPartsFragment, { __typename: Name }>

interface Sending {
  readonly message: Message
  readonly root: Message | null
}

/** Every kind of event by its one name: whether it makes a line, and what the client keeps of the API's answer. */
const kinds = {
  MessageSent: { makesLine: true, read: ({ message, root }): Sending => ({ message, root }) },
  MessageEdited: { makesLine: false, read: ({ message }) => ({ message }) },
  ReactionAdded: { makesLine: false, read: ({ message }) => ({ message }) },
  ReactionRemoved: { makesLine: false, read: ({ message }) => ({ message }) },
  MessageDeleted: { makesLine: false, read: ({ message, root }) => ({ message, root }) },
  MessagePinned: { makesLine: false, read: ({ message }) => ({ message }) },
  MessageUnpinned: { makesLine: false, read: ({ message }) => ({ message }) },
  ConversationStarted: { makesLine: true, read: ({ startedTitle }) => ({ title: startedTitle }) },
  MemberJoined: { makesLine: true, read: ({ memberId, member }) => ({ member: personOf(memberId, member) }) },
  MemberLeft: { makesLine: true, read: ({ memberId, member }) => ({ member: personOf(memberId, member) }) },
  TitleChanged: { makesLine: true, read: ({ newTitle }) => ({ title: newTitle }) },
  TopicChanged: { makesLine: true, read: ({ topic }) => ({ topic }) },
} as const satisfies {
  readonly [Name in KindName]: { readonly makesLine: boolean; readonly read: (part: Part<Name>) => object }
}

type Kinds = typeof kinds

interface Entry {
  /** Its place in the log, which the stream follows. */
  readonly seq: number
  /** Its line in the conversation; null when it only changes an existing one. */
  readonly line: number | null
  readonly at: string
  readonly actor: Person
}

type EventOf<Name extends KindName> = Entry & { readonly type: Name } & ReturnType<Kinds[Name]['read']>

/** A reply that is only in its thread. */
type ThreadReply = EventOf<'MessageSent'> & { readonly line: null }

/** The events of a conversation that members see. */
export type TimelineEvent =
  | {
      [Name in KindName]: EventOf<Name> &
        (Kinds[Name]['makesLine'] extends true ? { readonly line: number } : { readonly line: null })
    }[KindName]
  | ThreadReply

export type LineEvent = Extract<TimelineEvent, { line: number }>
/** One that sent a message into the list of the conversation. */
export type MessageEvent = Extract<LineEvent, { type: 'MessageSent' }>
/** One that sent a message anywhere. */
export type SentEvent = MessageEvent | ThreadReply

export function timelineEvent(part: TimelineEventPartsFragment): TimelineEvent {
  const { __typename: type, seq, line, at, actorId, actor } = part
  // A newer server may send a kind that this client does not know: its line is kept, without a text.
  const kind = (kinds as Readonly<Record<string, { read: (part: never) => object } | undefined>>)[type]
  return { type, seq, line, at, actor: personOf(actorId, actor), ...kind?.read(part as never) } as TimelineEvent
}

export const isLine = (event: Entry): event is LineEvent => event.line !== null

/** The current state of the message that an event is about. */
export const messageOf = (event: TimelineEvent): Message | null => ('message' in event ? event.message : null)

/** The current states of all messages that an event carries: that one, and the root of the thread that it changes. */
export const messagesOf = (event: TimelineEvent): readonly Message[] => {
  const root = 'root' in event ? event.root : null
  return [messageOf(event), root].filter((message) => message !== null)
}

/** A range of lines without a gap, ascending. */
export interface TimelinePage {
  readonly events: readonly LineEvent[]
  readonly hasEarlier: boolean
  /** Whether it ends at the end of the conversation. */
  readonly isLatest: boolean
  /** All events up to this seq are in the page. */
  readonly headSeq: number
}

/** A frame of the live stream: new events, or none for a heartbeat. */
export interface TimelineFrame {
  readonly events: readonly TimelineEvent[]
  readonly headSeq: number
}
