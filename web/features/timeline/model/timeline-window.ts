import type { TimelinePage } from './events'
import { Lines } from './lines'
import { type Draft, forgetQuotes, hear, newest } from './timeline-draft'

export function openWindow(draft: Draft, page: TimelinePage): void {
  if (!draft.loaded || page.headSeq < draft.since || page.events.length === 0) return
  hear(draft, page.events, page.headSeq)
  const lines = Lines.of(newest(draft, page.events))
  if (draft.window !== null) forget(draft)
  draft.window = { lines, hasEarlier: page.hasEarlier }
  meet(draft)
  forgetQuotes(draft)
}

export function leaveWindow(draft: Draft): void {
  if (draft.window === null) return
  draft.window = null
  forget(draft)
  forgetQuotes(draft)
}

/** Adds the lines of a page that touches the window. */
export function extendWindow(draft: Draft, { events, hasEarlier }: TimelinePage): void {
  const { window } = draft
  const [start, end] = [events[0]?.line ?? 0, events.at(-1)?.line ?? 0]
  if (window === null || start === 0) return
  const { first, last } = window.lines
  if (start > last + 1 || end < first - 1) return
  const added = newest(
    draft,
    events.filter(({ line }) => line < first || line > last),
  )
  const earlier = added.filter(({ line }) => line < first)
  const later = added.filter(({ line }) => line > last)
  // Hearing the page has changed what is held of it.
  const { lines } = draft.window ?? window
  const isLonger = added.length > 0
  const before = start <= first ? hasEarlier : window.hasEarlier
  if (isLonger || before !== window.hasEarlier)
    draft.window = {
      lines: isLonger ? Lines.of([...earlier, ...lines.toArray(), ...later]) : lines,
      hasEarlier: before,
    }
  meet(draft)
}

/** A window that reaches the lines at the end becomes a part of them. */
function meet(draft: Draft): void {
  const { window, lines } = draft
  if (window === null || window.lines.last + 1 < lines.first) return
  const before = window.lines.toArray().filter(({ line }) => line < lines.first)
  if (before.length > 0) {
    draft.lines = lines.prepend(before)
    draft.hasEarlier = window.hasEarlier
  }
  draft.window = null
}

/** What is read stays a range without a gap: lines at the end that are cut off from it are read elsewhere. */
export function trim(draft: Draft, to: 'earlier' | 'later', keep: number): void {
  const { lines, hasEarlier } = draft.window ?? draft
  const all = lines.toArray()
  if (all.length <= keep) return
  const kept = Lines.of(to === 'earlier' ? all.slice(0, keep) : all.slice(-keep))
  if (to === 'later') {
    if (draft.window === null) trimEnd(draft, keep)
    else draft.window = { lines: kept, hasEarlier: true }
  } else {
    if (draft.window === null) {
      // The newest ones stay, so that the end is there at once.
      if (all.length <= 2 * keep) return
      trimEnd(draft, keep)
    }
    draft.window = { lines: kept, hasEarlier }
  }
  forget(draft)
  forgetQuotes(draft)
}

/** The newest lines at the end stay. */
export function trimEnd(draft: Draft, keep: number): void {
  const all = draft.lines.toArray()
  if (all.length <= keep) return
  draft.lines = Lines.of(all.slice(-keep))
  draft.hasEarlier = true
  forget(draft)
}

/**
 * Lines were dropped with what was heard of them: pages from before that would miss it. The stream still brings all
 * after the cursor, in its state of then.
 */
function forget(draft: Draft): void {
  draft.since = Math.max(draft.since, draft.cursor, draft.ahead.at(-1) ?? 0)
  draft.strays = new Map([...draft.strays].filter(([, { version }]) => version > draft.cursor))
}
