import {
  isLine,
  type LineEvent,
  type Message,
  messageOf,
  messagesOf,
  type TimelineEvent,
  type TimelineFrame,
  type TimelinePage,
} from './events'
import { Lines } from './lines'

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

export type TimelineAction =
  | { readonly type: 'page-arrived'; readonly page: TimelinePage }
  | { readonly type: 'frame-arrived'; readonly frame: TimelineFrame }
  | { readonly type: 'events-arrived'; readonly events: readonly TimelineEvent[] }
  /** Its event may still be on the way: the cursor stays. */
  | { readonly type: 'message-learned'; readonly message: Message }
  /**
   * Discard everything and start again from a page: after an absence too long to replay, or when the server's log is
   * shorter than ours.
   */
  | { readonly type: 'replaced'; readonly page: TimelinePage }

export const emptyTimeline: TimelineState = {
  lines: Lines.none,
  hasEarlier: false,
  beyond: [],
  strays: new Map(),
  cursor: 0,
  ahead: [],
  headSeq: 0,
  since: 0,
  loaded: false,
}

/** Returns the same object when nothing is new, so that a duplicate causes no render. */
export function timelineReducer(state: TimelineState, action: TimelineAction): TimelineState {
  switch (action.type) {
    case 'page-arrived':
      return withPage(state, action.page)
    case 'frame-arrived':
      return changed(state, (draft) => hear(draft, action.frame.events, action.frame.headSeq))
    case 'events-arrived':
      return changed(state, (draft) => hear(draft, action.events, 0))
    case 'message-learned':
      return changed(state, (draft) => update(draft, action.message, action.message.version))
    case 'replaced':
      return changed(emptyTimeline, (draft) => begin(draft, action.page))
    default:
      return action satisfies never
  }
}

type Draft = { -readonly [Key in keyof TimelineState]: TimelineState[Key] }

function changed(state: TimelineState, change: (draft: Draft) => void): TimelineState {
  const draft = { ...state }
  change(draft)
  const isChanged = (Object.keys(draft) as (keyof TimelineState)[]).some((key) => draft[key] !== state[key])
  return isChanged ? draft : state
}

function withPage(state: TimelineState, page: TimelinePage): TimelineState {
  if (page.headSeq < state.since) return state
  const isFirst = !state.loaded || (state.lines === Lines.none && page.events.length > 0)
  return changed(state, (draft) => {
    if (isFirst && page.isLatest) begin(draft, page)
    else join(draft, page)
  })
}

function begin(draft: Draft, page: TimelinePage): void {
  draft.lines = Lines.of(page.events.map((event) => newest(draft, event)))
  draft.hasEarlier = page.hasEarlier
  draft.loaded = true
  jump(draft, page.headSeq)
  close(draft)
}

function join(draft: Draft, page: TimelinePage): void {
  const { first } = draft.lines
  hear(draft, page.events, page.headSeq)
  const earlier = page.events.filter(({ line }) => line < first)
  if (earlier.at(-1)?.line === first - 1)
    draft.lines = draft.lines.prepend(earlier.map((event) => newest(draft, event)))
  const start = page.events[0]?.line
  if (start === draft.lines.first) {
    draft.hasEarlier = page.hasEarlier
    // All shown lines are in this page: events in between are not needed.
    if (page.isLatest && page.headSeq > draft.cursor) jump(draft, page.headSeq)
  }
}

/** The shown lines have the state of the log at this seq. */
function jump(draft: Draft, headSeq: number): void {
  draft.cursor = headSeq
  draft.since = headSeq
  draft.headSeq = Math.max(draft.headSeq, headSeq)
  draft.ahead = draft.ahead.filter((seq) => seq > headSeq)
  draft.strays = new Map([...draft.strays].filter(([, { version }]) => version > headSeq))
  advance(draft)
}

function hear(draft: Draft, events: readonly TimelineEvent[], told: number): void {
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
function advance(draft: Draft): void {
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

/** Shows the lines after a gap that has been filled. */
function close(draft: Draft): void {
  for (let [next] = draft.beyond; next !== undefined && next.line <= draft.lines.last + 1; [next] = draft.beyond) {
    if (next.line === draft.lines.last + 1) draft.lines = draft.lines.append(next)
    draft.beyond = draft.beyond.slice(1)
  }
}

const newer = (one: Message, other: Message | undefined): boolean => other === undefined || one.version > other.version

/** The event with the newest known state of its message; the root of its thread has its own line. */
function newest(draft: Draft, arrived: LineEvent): LineEvent {
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

function heldLine({ lines, beyond }: Draft, { id, line }: Message): LineEvent | undefined {
  // Only in a thread.
  if (line === null) return undefined
  const held = lines.at(line) ?? beyond.find((event) => event.line === line)
  return held !== undefined && messageOf(held)?.id === id ? held : undefined
}

/** Keeps the highest version of each message, with its line or until that arrives. */
function update(draft: Draft, message: Message, seq: number): void {
  // Its thread keeps it.
  if (message.line === null) return
  const held = heldLine(draft, message)
  const known = held === undefined ? draft.strays.get(message.id) : (messageOf(held) ?? undefined)
  if (!newer(message, known)) return
  if (held === undefined) {
    // Every accepted page has the earlier changes.
    if (seq > draft.since) draft.strays = new Map(draft.strays).set(message.id, message)
    return
  }
  const event = withMessage(held, message)
  if (draft.lines.at(event.line) === held) draft.lines = draft.lines.replace(event)
  else draft.beyond = draft.beyond.map((other) => (other === held ? event : other))
}

/** Ascending, without duplicates. A new value is nearly always the highest. */
function inserted<T>(values: readonly T[], value: T, by: (value: T) => number): readonly T[] {
  const at = values.findLastIndex((other) => by(other) <= by(value))
  const found = values[at]
  if (found !== undefined && by(found) === by(value)) return values
  return [...values.slice(0, at + 1), value, ...values.slice(at + 1)]
}

/** An event is missing from the shown lines. */
export function isBehind({ cursor, headSeq }: TimelineState): boolean {
  return cursor < headSeq
}

/** The lines that are missing before the loaded ones after a gap, or null when none is known to be missing. */
export function missingLines({ lines, beyond }: TimelineState): { before: number; count: number } | null {
  const before = beyond[0]?.line
  return before === undefined ? null : { before, count: before - lines.last - 1 }
}

/** The line before which history can be loaded, or null at the beginning. */
export function earlierThan({ lines, hasEarlier }: TimelineState): number | null {
  return hasEarlier && lines.first > 1 ? lines.first : null
}
