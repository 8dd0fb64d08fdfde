import { isLine, type LineEvent, lineOf, type Message, messageOf, messagesOf, type TimelineEvent } from './events'
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
    for (const message of messagesOf(event)) update(draft, message, event.seq)
  }
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
    draft.lines = draft.lines.append(newest(draft, event))
    close(draft)
  } else if (event.line > last && !draft.beyond.some(({ line }) => line === event.line))
    draft.beyond = inserted(draft.beyond, newest(draft, event), ({ line }) => line)
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

const newer = (one: Message, other: Message | undefined): boolean => other === undefined || one.version > other.version

/** The event with the newest known state of its message; the root of its thread has its own line. */
export function newest(draft: Draft, arrived: LineEvent): LineEvent {
  const event = 'root' in arrived ? { ...arrived, root: null } : arrived
  const message = messageOf(event)
  if (message === null) return event
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

function heldLine({ lines, window, beyond }: Draft, message: Message): LineEvent | undefined {
  const line = lineOf(message)
  // Not in this list.
  if (line === null) return undefined
  const held = lines.at(line) ?? window?.lines.at(line) ?? beyond.find((event) => event.line === line)
  return held !== undefined && messageOf(held)?.id === message.id ? held : undefined
}

/** Keeps the highest version of each message, with its line or until that arrives. */
export function update(draft: Draft, message: Message, seq: number): void {
  // Its thread keeps it.
  if (lineOf(message) === null) return
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
