import { type Message, messageOf, type TimelineEvent, type TimelineFrame, type TimelinePage } from './events'
import { Lines } from './lines'
import {
  advance,
  close,
  type Draft,
  emptyTimeline,
  forgetQuotes,
  hear,
  newest,
  note,
  type TimelineState,
  update,
} from './timeline-draft'
import { extendWindow, leaveWindow, openWindow, trim, trimEnd } from './timeline-window'

export { emptyTimeline, isHeld, newestQuote, type TimelineState } from './timeline-draft'

export type TimelineAction =
  | { readonly type: 'page-arrived'; readonly page: TimelinePage }
  | { readonly type: 'frame-arrived'; readonly frame: TimelineFrame }
  | { readonly type: 'events-arrived'; readonly events: readonly TimelineEvent[] }
  /** Its event may still be on the way: the cursor stays. */
  | { readonly type: 'message-learned'; readonly message: Message }
  /** Shows a page from anywhere in the history, instead of the end. */
  | { readonly type: 'window-opened'; readonly page: TimelinePage }
  /** Shows the end again. */
  | { readonly type: 'window-closed' }
  /** Keeps only so many of the lines that are read, at this end of them. */
  | { readonly type: 'trimmed'; readonly to: 'earlier' | 'later'; readonly keep: number }
  /** Keeps only so many of the lines at the end, whatever is read. */
  | { readonly type: 'end-trimmed'; readonly keep: number }
  /**
   * Discard everything and start again from a page: after an absence too long to replay, or when the server's log is
   * shorter than ours. What is read elsewhere has a page of its own.
   */
  | { readonly type: 'replaced'; readonly page: TimelinePage; readonly window?: TimelinePage | null }

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
      return changed(state, (draft) => {
        note(draft, action.message)
        update(draft, action.message, action.message.version)
      })
    case 'window-opened':
      return changed(state, (draft) => openWindow(draft, action.page))
    case 'window-closed':
      return changed(state, (draft) => leaveWindow(draft))
    case 'trimmed':
      return changed(state, (draft) => trim(draft, action.to, action.keep))
    case 'end-trimmed':
      return changed(state, (draft) => {
        trimEnd(draft, action.keep)
        forgetQuotes(draft)
      })
    case 'replaced':
      return changed(emptyTimeline, (draft) => {
        begin(draft, action.page)
        if (action.window) openWindow(draft, action.window)
      })
    default:
      return action satisfies never
  }
}

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
  draft.lines = Lines.of(newest(draft, page.events))
  draft.hasEarlier = page.hasEarlier
  draft.loaded = true
  jump(draft, page.headSeq)
  close(draft)
  forgetQuotes(draft)
}

function join(draft: Draft, page: TimelinePage): void {
  const { first } = draft.lines
  hear(draft, page.events, page.headSeq)
  const earlier = page.events.filter(({ line }) => line < first)
  if (earlier.at(-1)?.line === first - 1) draft.lines = draft.lines.prepend(newest(draft, earlier))
  const start = page.events[0]?.line
  if (start === draft.lines.first) {
    draft.hasEarlier = page.hasEarlier
    // All held lines are in this page: events in between are not needed.
    if (page.isLatest && page.headSeq > draft.cursor && draft.window === null) {
      jump(draft, page.headSeq)
      forgetQuotes(draft)
    }
  }
  extendWindow(draft, page)
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

/** An event is missing from the shown lines. */
export function isBehind({ cursor, headSeq }: TimelineState): boolean {
  return cursor < headSeq
}

/** The lines that are missing before the loaded ones after a gap, or null when none is known to be missing. */
export function missingLines({ lines, beyond }: TimelineState): { before: number; count: number } | null {
  const before = beyond[0]?.line
  return before === undefined ? null : { before, count: before - lines.last - 1 }
}

/** What is read: the lines at the end, or the window. */
export const readLines = ({ lines, window }: TimelineState): Lines => window?.lines ?? lines

/** The line before which history can be loaded, or null at the beginning. */
export function earlierThan({ lines, hasEarlier, window }: TimelineState): number | null {
  const read = window ?? { lines, hasEarlier }
  return read.hasEarlier && read.lines.first > 1 ? read.lines.first : null
}

/** The line after which history can be loaded, or null at the end. */
export const laterThan = ({ window }: TimelineState): number | null => window?.lines.last ?? null

/** The newest known state of a message; undefined when none is held. */
export function messageIn({ lines, window, beyond, strays }: TimelineState, id: string): Message | undefined {
  const held = [...lines.toArray(), ...(window?.lines.toArray() ?? []), ...beyond].map(messageOf)
  return held.find((message) => message?.id === id) ?? strays.get(id)
}
