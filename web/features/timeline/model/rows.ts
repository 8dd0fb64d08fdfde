import { dayKey } from '../../../lib/time'
import type { Person } from '../../../lib/people/people'
import { type LineEvent, lineOf, type Message, type MessageEvent, type Quote } from './events'
import type { OutboxItem, OutboxState } from './outbox-state'
import { newestQuote, type TimelineState } from './timeline-draft'
import type { ThreadRoot } from './thread-source'

/** Messages of one author within this time are grouped under one name. */
const groupLimit = 5 * 60_000

export interface MessageRow {
  readonly kind: 'message'
  /** Own messages are keyed by clientId, so that the local echo and the event that replaces it are one element. */
  readonly key: string
  readonly author: Person
  readonly at: string
  readonly text: string
  /** The id of the message that it quotes; null when it quotes none. */
  readonly replyToId: string | null
  /** What it quotes, in its newest known state; null when that is not known. */
  readonly quote: Quote | null
  /** The id of who wrote the text, when it was forwarded; null when its author did. */
  readonly forwardedFromId: string | null
  /** The current state; null until it is in the timeline. */
  readonly message: Message | null
  /** The first of a group shows avatar and name. */
  readonly leads: boolean
  readonly own: boolean
  readonly delivery: 'stored' | 'pending' | 'failed'
  readonly clientId: string | null
  readonly reason: string | null
  /** The text was refused: its author can change it. */
  readonly isMendable: boolean
  /** It was refused for good. */
  readonly isFinal: boolean
}

export interface SystemRow {
  readonly kind: 'system'
  readonly key: string
  readonly event: Exclude<LineEvent, MessageEvent>
}

export interface DayRow {
  readonly kind: 'day'
  readonly key: string
  readonly at: string
}

export interface UnreadRow {
  readonly kind: 'unread'
  readonly key: string
}

/** Between the message of a thread and its replies. */
export interface RepliesRow {
  readonly kind: 'replies'
  readonly key: 'replies'
  readonly count: number
  readonly hasEarlier: boolean
}

export type Row = MessageRow | SystemRow | DayRow | UnreadRow | RepliesRow

export interface RowsInput {
  readonly events: readonly LineEvent[]
  /** With what they quote as it is now. */
  readonly echoes: OutboxState
  /** The newest states of what they quote, by id. */
  readonly quotes: ReadonlyMap<string, Quote>
  readonly viewer: Person
  /** The divider is before the first line of others after this one; null for no divider. */
  readonly readLine: number | null
  /**
   * The oldest event shown is the first one. If not, its day is not labelled yet: rows of an earlier page must only be
   * added above.
   */
  readonly complete: boolean
}

/** Converts the lines and the unsent messages into the rows on the screen, from top to bottom. */
export function timelineRows({ events, echoes, quotes, viewer, readLine, complete }: RowsInput): Row[] {
  const rows: Row[] = []
  let day = complete || events[0] === undefined ? '' : dayKey(new Date(events[0].at))
  let divided = readLine === null
  for (const event of events) {
    day = startDay(rows, day, event.at)
    if (!divided && event.line > (readLine ?? 0) && isUnread(event, viewer)) {
      rows.push({ kind: 'unread', key: 'unread' })
      divided = true
    }
    rows.push(
      event.type === 'MessageSent'
        ? messageRow(rows, event, { viewer, quotes })
        : { kind: 'system', key: `s${event.seq}`, event },
    )
  }
  const lastAt = events.at(-1)?.at ?? ''
  for (const echo of unseenEchoes(events, echoes, viewer)) {
    // A device whose clock is slow must not put its message before the one that it answers.
    const at = echo.at > lastAt ? echo.at : lastAt
    day = startDay(rows, day, at)
    rows.push(echoRow(rows, echo, { viewer, at }))
  }
  return rows
}

/** The message that a thread is about, as the event that sent it. */
export const rootEvent = ({ author, at, message }: ThreadRoot): MessageEvent => ({
  type: 'MessageSent',
  seq: 0,
  line: message.line ?? 0,
  at,
  actor: author,
  message,
  root: null,
})

/** Of the message of a thread, whose line is one of the conversation. */
const rootKey = 'root'

/** A thread from top to bottom: its message, and the rows of the replies. */
export function threadRows(
  about: readonly LineEvent[],
  replies: readonly Row[],
  { viewer, quotes, hasEarlier }: Surroundings & { readonly hasEarlier: boolean },
): Row[] {
  const root = about.find((event): event is MessageEvent => event.type === 'MessageSent')
  if (root === undefined) return [...replies]
  const count = root.message.thread?.replyCount ?? 0
  return [
    { ...messageRow([], root, { viewer, quotes }), key: rootKey },
    { kind: 'replies', key: 'replies', count, hasEarlier },
    ...replies,
  ]
}

/** As the server counts: own lines and the start of a conversation never are. */
const isUnread = ({ type, actor }: LineEvent, viewer: Person): boolean =>
  type !== 'ConversationStarted' && actor.id !== viewer.id

/** Unsent messages with what they quote in its newest known state: nobody else keeps that, while they wait. */
export const quotingNewest = (unsent: OutboxState, state: TimelineState): OutboxState =>
  unsent.map((item) => (item.replyTo === undefined ? item : { ...item, replyTo: newestQuote(state, item.replyTo) }))

/** Written messages that are not in the timeline yet. */
function unseenEchoes(events: readonly LineEvent[], echoes: OutboxState, viewer: Person): OutboxState {
  if (echoes.length === 0) return echoes
  const seen = new Set(ownClientIds(events, viewer))
  return echoes.filter((echo) => !seen.has(echo.clientId))
}

/** The clientIds of the viewer's own messages in the timeline. */
export function ownClientIds(events: readonly LineEvent[], viewer: Person): string[] {
  return events.flatMap((event) =>
    event.type === 'MessageSent' && event.actor.id === viewer.id ? [event.message.clientId] : [],
  )
}

/** The viewer's last message that they can edit, in its current state. */
export function lastOwnMessage(events: readonly LineEvent[], viewer: Person): Message | null {
  const isOwn = (event: LineEvent): event is MessageEvent =>
    event.type === 'MessageSent' && event.actor.id === viewer.id
  return events.findLast((event): event is MessageEvent => isOwn(event) && isEditable(event.message))?.message ?? null
}

/** By its author: the words of others are not theirs to change. */
export const isEditable = ({ deletedAt, forwardedFromId }: Message): boolean =>
  deletedAt === null && forwardedFromId === null

/** It was deleted. */
export const isGone = ({ message }: MessageRow): boolean => (message?.deletedAt ?? null) !== null

function startDay(rows: Row[], day: string, at: string): string {
  const next = dayKey(new Date(at))
  if (next !== day) rows.push({ kind: 'day', key: `d${next}`, at })
  return next
}

type Surroundings = Pick<RowsInput, 'viewer' | 'quotes'>

function messageRow(rows: readonly Row[], event: MessageEvent, { viewer, quotes }: Surroundings): MessageRow {
  const own = event.actor.id === viewer.id
  const { message } = event
  return {
    kind: 'message',
    key: own ? `c${message.clientId}` : `s${event.seq}`,
    author: event.actor,
    at: event.at,
    text: message.text,
    replyToId: message.replyToId,
    quote: message.replyToId === null ? null : (quotes.get(message.replyToId) ?? message.replyTo ?? null),
    forwardedFromId: message.forwardedFromId,
    message,
    leads: leads(rows.at(-1), event.actor, event.at),
    own,
    delivery: 'stored',
    clientId: own ? message.clientId : null,
    reason: null,
    isMendable: false,
    isFinal: false,
  }
}

type EchoSurroundings = Pick<RowsInput, 'viewer'> & { readonly at: string }

function echoRow(rows: readonly Row[], echo: OutboxItem, { viewer, at }: EchoSurroundings): MessageRow {
  const { replyTo = null, forwardOf = null } = echo
  return {
    kind: 'message',
    key: `c${echo.clientId}`,
    author: viewer,
    at,
    text: echo.text,
    replyToId: replyTo?.id ?? null,
    quote: replyTo,
    forwardedFromId: forwardOf?.authorId ?? null,
    message: null,
    leads: leads(rows.at(-1), viewer, at),
    own: true,
    delivery: echo.status === 'sent' ? 'stored' : echo.status,
    clientId: echo.clientId,
    reason: echo.reason ?? null,
    isMendable: echo.isMendable ?? false,
    isFinal: echo.isFinal ?? false,
  }
}

function leads(before: Row | undefined, author: Person, at: string): boolean {
  if (before?.kind !== 'message' || before.author.id !== author.id) return true
  // What is left of a deleted message does not show its author as others do.
  if (isGone(before)) return true
  return new Date(at).getTime() - new Date(before.at).getTime() > groupLimit
}

/** The line of a row; null for one that has none, such as a day, or what is not sent yet. */
export function lineOfRow(row: Row): number | null {
  if (row.kind === 'system') return row.event.line
  return row.kind === 'message' && row.message !== null && row.key !== rootKey ? lineOf(row.message) : null
}

/** The index of the row that shows a line; -1 when none does. */
export const rowAtLine = (rows: readonly Row[], line: number): number =>
  rows.findIndex((row) => lineOfRow(row) === line)
