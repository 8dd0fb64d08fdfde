import {
  isLine,
  type LineEvent,
  lineOf,
  type Message,
  messageOf,
  messagesOf,
  type Quote,
  quoteOf,
  type TimelineEvent,
} from './events'
import { Lines } from './lines'

/** Lines without a gap around some place of the history, which do not touch those at the end. */
export interface Window {
  readonly lines: Lines
  readonly hasEarlier: boolean
}

/**
 * The known state of one conversation. Two counts keep it consistent: the shown lines have no gap of `line`, and the
 * received events have no gap of `seq` up to the cursor. States of a message are kept or dropped by version. So pages
 * and frames may arrive twice, partially and in any order, and give the same state (invariants I4 and I5 of the
 * design).
 */
export interface TimelineState {
  /** The shown lines. */
  readonly lines: Lines
  /** There is history before the first line. */
  readonly hasEarlier: boolean
  /** What is read instead, far from the end; null while that is the shown lines. */
  readonly window: Window | null
  /** Lines after a gap, ascending; shown when the gap is filled. */
  readonly beyond: readonly LineEvent[]
  /** Newer states of messages whose lines are not loaded. */
  readonly strays: ReadonlyMap<string, Message>
  /** The newest states of what the held messages quote, by id: they may be in lines that are not loaded, or in none. */
  readonly quotes: ReadonlyMap<string, Quote>
  /** All events up to this seq are in the shown lines: the stream resumes here. */
  readonly cursor: number
  /** The received seqs after the cursor, ascending. */
  readonly ahead: readonly number[]
  /** The highest announced seq. */
  readonly headSeq: number
  /**
   * Every event after this seq up to the cursor was received: a page read before it may lack changes that will not
   * arrive again.
   */
  readonly since: number
  /** A page has arrived: without lines the timeline is empty, and not just unknown. */
  readonly loaded: boolean
}

export const emptyTimeline: TimelineState = {
  lines: Lines.none,
  hasEarlier: false,
  window: null,
  beyond: [],
  strays: new Map(),
  quotes: new Map(),
  cursor: 0,
  ahead: [],
  headSeq: 0,
  since: 0,
  loaded: false,
}

/** A state that is being changed. */
export type Draft = { -readonly [Key in keyof TimelineState]: TimelineState[Key] }

export function hear(draft: Draft, events: readonly TimelineEvent[], told: number): void {
  draft.headSeq = Math.max(draft.headSeq, told)
  for (const event of events) {
    draft.headSeq = Math.max(draft.headSeq, event.seq)
    if (event.seq === draft.cursor + 1 && draft.loaded) {
      draft.cursor = event.seq
      advance(draft)
    } else if (event.seq > draft.cursor) draft.ahead = inserted(draft.ahead, event.seq, (seq) => seq)
    if (isLine(event)) hold(draft, event)
    for (const message of messagesOf(event)) {
      note(draft, message)
      // A new reply that is only in a thread: the thread keeps it.
      if (lineOf(message) !== null || event.type !== 'MessageSent') update(draft, message, event.seq)
    }
  }
}

/** Keeps the highest version of what held messages quote. */
export function note(draft: Draft, message: Message): void {
  for (const state of [message, message.replyTo]) if (state && draft.quotes.has(state.id)) quote(draft, state)
}

/** Begins to keep what a message quotes that will be held. */
function cite(draft: Draft, { replyTo }: Message): void {
  if (replyTo) quote(draft, newestQuote(draft, replyTo))
}

/** The newest known state of what is quoted. */
export function newestQuote(state: TimelineState, quoted: Quote): Quote {
  const held = heldLine(state, quoted)
  const known = [held && messageOf(held), state.strays.get(quoted.id), state.quotes.get(quoted.id)]
  return known.reduce<Quote>((newest, one) => (one && newer(one, newest) ? one : newest), quoted)
}

/** Whether a list has the message of a quote among its lines: then every change of it is known. */
export const isHeld = (state: TimelineState, quoted: Quote): boolean => heldLine(state, quoted) !== undefined

function quote(draft: Draft, state: Quote): void {
  if (newer(state, draft.quotes.get(state.id))) draft.quotes = new Map(draft.quotes).set(state.id, quoteOf(state))
}

/** What no held message quotes any more. */
export function forgetQuotes(draft: Draft): void {
  const held = [draft.lines.toArray(), draft.window?.lines.toArray() ?? [], draft.beyond].flat()
  const quoted = new Set(held.map((event) => messageOf(event)?.replyToId))
  const kept = [...draft.quotes].filter(([id]) => quoted.has(id))
  if (kept.length < draft.quotes.size) draft.quotes = new Map(kept)
}

/** Moves the cursor over received seqs after it. */
export function advance(draft: Draft): void {
  while (draft.ahead[0] === draft.cursor + 1) {
    draft.cursor += 1
    draft.ahead = draft.ahead.slice(1)
  }
}

/** Inserts a line, unless it is known or before the first shown one. */
function hold(draft: Draft, event: LineEvent): void {
  const { last } = draft.lines
  if (event.line === last + 1 && draft.loaded) {
    for (const line of newest(draft, [event])) draft.lines = draft.lines.append(line)
    close(draft)
  } else if (event.line > last && !draft.beyond.some(({ line }) => line === event.line))
    for (const line of newest(draft, [event])) draft.beyond = inserted(draft.beyond, line, (held) => held.line)
}

/** Shows the lines after a gap that has been filled. Of those before the first line, what was heard stays. */
export function close(draft: Draft): void {
  for (let [next] = draft.beyond; next !== undefined && next.line <= draft.lines.last + 1; [next] = draft.beyond) {
    const message = messageOf(next)
    if (next.line === draft.lines.last + 1) draft.lines = draft.lines.append(next)
    else if (message !== null && next.line < draft.lines.first && message.version > draft.since)
      draft.strays = new Map(draft.strays).set(message.id, message)
    draft.beyond = draft.beyond.slice(1)
  }
}

type Versioned = Pick<Message, 'version'>

const newer = (one: Versioned, other: Versioned | undefined): boolean =>
  other === undefined || one.version > other.version

/** Lines that are going to be held, in their newest known states. */
export function newest(draft: Draft, events: readonly LineEvent[]): readonly LineEvent[] {
  // First: what is quoted may be among them.
  for (const event of events) if (event.type === 'MessageSent') cite(draft, event.message)
  return events.map((event) => newestLine(draft, event))
}

/** The event with the newest known state of its message; the root of its thread has its own line. */
function newestLine(draft: Draft, arrived: LineEvent): LineEvent {
  if (arrived.type !== 'MessageSent') return arrived
  const message = unquoting(arrived.message)
  const event = { ...arrived, message, root: null }
  const heard = messageOf(heldLine(draft, message) ?? event)
  const stray = draft.strays.get(message.id)
  if (stray !== undefined) {
    const strays = new Map(draft.strays)
    strays.delete(stray.id)
    draft.strays = strays
  }
  const known = [heard, stray].find((other) => other && newer(other, message))
  return known ? withMessage(event, known) : event
}

const withMessage = (event: LineEvent, message: Message): LineEvent => ({ ...event, message }) as LineEvent

/** What it quotes is kept beside the lines. */
const unquoting = (message: Message): Message => (message.replyTo ? { ...message, replyTo: null } : message)

type Placed = Pick<Message, 'id' | 'line' | 'listLine'>

function heldLine({ lines, window, beyond }: TimelineState, message: Placed): LineEvent | undefined {
  const line = lineOf(message)
  // Not in this list.
  if (line === null) return undefined
  const held = lines.at(line) ?? window?.lines.at(line) ?? beyond.find((event) => event.line === line)
  return held !== undefined && messageOf(held)?.id === message.id ? held : undefined
}

/** Keeps the highest version of each message, with its line or until that arrives, or something that quotes it. */
export function update(draft: Draft, heard: Message, seq: number): void {
  const message = unquoting(heard)
  const held = heldLine(draft, message)
  const known = held === undefined ? draft.strays.get(message.id) : (messageOf(held) ?? undefined)
  if (!newer(message, known)) return
  if (held === undefined) {
    // Every accepted page has the earlier changes, and so has all that the stream will bring.
    if (seq > Math.min(draft.since, draft.cursor)) draft.strays = new Map(draft.strays).set(message.id, message)
    return
  }
  const event = withMessage(held, message)
  if (draft.lines.at(event.line) === held) draft.lines = draft.lines.replace(event)
  else if (draft.window?.lines.at(event.line) === held)
    draft.window = { ...draft.window, lines: draft.window.lines.replace(event) }
  else draft.beyond = draft.beyond.map((other) => (other === held ? event : other))
}

/** Ascending, without duplicates. A new value is nearly always the highest. */
function inserted<T>(values: readonly T[], value: T, by: (value: T) => number): readonly T[] {
  const at = values.findLastIndex((other) => by(other) <= by(value))
  const found = values[at]
  if (found !== undefined && by(found) === by(value)) return values
  return [...values.slice(0, at + 1), value, ...values.slice(at + 1)]
}
