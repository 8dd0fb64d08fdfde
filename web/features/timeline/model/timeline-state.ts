import type { TimelineEvent, TimelineFrame, TimelinePage } from './events'

/**
 * All that is known of one conversation's log.
 * Only facts that can be merged in any order are kept; what is shown is derived, so frames and pages may arrive
 * twice or out of order and end in the same state (invariants I4 and I5 of the design).
 */
export interface TimelineState {
  /** Ascending by seq, each seq once. May hold events beyond a gap; those are not shown. */
  readonly events: readonly TimelineEvent[]
  /** The highest seq that anybody told us of. */
  readonly headSeq: number
  /** The seq where history begins for this viewer; null until a page has said so. */
  readonly firstSeq: number | null
  /** A page has arrived: an empty timeline is empty and not merely unknown. */
  readonly loaded: boolean
}

export type TimelineAction =
  | { readonly type: 'page-arrived'; readonly page: TimelinePage }
  | { readonly type: 'frame-arrived'; readonly frame: TimelineFrame }
  | { readonly type: 'events-arrived'; readonly events: readonly TimelineEvent[] }
  /** Forget and begin anew from a page: after an absence too long to replay, or when the server's log is shorter than ours. */
  | { readonly type: 'replaced'; readonly page: TimelinePage }

export const emptyTimeline: TimelineState = { events: [], headSeq: 0, firstSeq: null, loaded: false }

export function timelineReducer(state: TimelineState, action: TimelineAction): TimelineState {
  switch (action.type) {
    case 'page-arrived':
      return withPage(state, action.page)
    case 'frame-arrived':
      return withEvents(state, action.frame.events, action.frame.headSeq)
    case 'events-arrived':
      return withEvents(state, action.events, 0)
    case 'replaced':
      return withPage(emptyTimeline, action.page)
    default:
      return action satisfies never
  }
}

function withPage(state: TimelineState, page: TimelinePage): TimelineState {
  const merged = withEvents(state, page.events, page.headSeq)
  const begins = page.hasEarlier ? null : (page.events[0]?.seq ?? null)
  const firstSeq = lowest(merged.firstSeq, begins)
  return merged.loaded && firstSeq === merged.firstSeq ? merged : { ...merged, firstSeq, loaded: true }
}

/** Returns the same object when nothing is new, so that a duplicate renders nothing. */
function withEvents(state: TimelineState, arrived: readonly TimelineEvent[], told: number): TimelineState {
  const known = new Set(state.events.map((event) => event.seq))
  const fresh = arrived.filter((event) => !known.has(event.seq) && known.add(event.seq))
  const headSeq = Math.max(state.headSeq, told, ...fresh.map((event) => event.seq))
  if (fresh.length === 0) return headSeq === state.headSeq ? state : { ...state, headSeq }
  return { ...state, headSeq, events: [...state.events, ...fresh].sort((a, b) => a.seq - b.seq) }
}

function lowest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** The events that may be shown: from the oldest known one up to the first gap, never across it. */
export function shownEvents(state: TimelineState): readonly TimelineEvent[] {
  const first = state.events[0]?.seq ?? 0
  const gap = state.events.findIndex((event, index) => event.seq !== first + index)
  return gap === -1 ? state.events : state.events.slice(0, gap)
}

/** The seq up to which everything is known: where the live stream resumes. */
export function cursorOf(state: TimelineState): number {
  return shownEvents(state).at(-1)?.seq ?? 0
}

/** Something is missing between what is shown and what exists. */
export function isBehind(state: TimelineState): boolean {
  return cursorOf(state) < state.headSeq
}

/** Events are held beyond a gap, so waiting will not close it: it must be fetched. */
export function hasGap(state: TimelineState): boolean {
  return shownEvents(state).length < state.events.length
}

/** The seq to fetch history before, or null when the beginning is known. */
export function earlierThan(state: TimelineState): number | null {
  const from = state.events[0]?.seq ?? null
  if (from === null || from <= 1 || (state.firstSeq !== null && from <= state.firstSeq)) return null
  return from
}
