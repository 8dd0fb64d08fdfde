'use client'

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Target } from './model/reading'
import type { Row } from './model/rows'
import { showTarget } from './use-target'

/** Closer to the end than this counts as the end. */
const bottomSlack = 56
/** Closer to either end than this, more messages are loaded. */
const reachOfMore = 800
/** More than the space below the last row, so that the end is really the end. */
const beyondLast = 64

interface Input {
  readonly rows: readonly Row[]
  readonly firstLine: number
  readonly hasEarlier: boolean
  readonly loadingEarlier: boolean
  readonly onEarlier: () => void
  /** What is shown does not reach the end of the conversation. */
  readonly hasLater: boolean
  readonly loadingLater: boolean
  readonly onLater: () => void
  readonly target: Target | null
  readonly onBottom: (atBottom: boolean) => void
}

/**
 * The scroll position of a timeline: it follows the end while the reader is there, and stays unchanged everywhere else.
 */
export function useTimelineScroll(input: Input) {
  const { rows, firstLine, hasEarlier, loadingEarlier, onEarlier, hasLater, loadingLater, onLater, onBottom } = input
  const list = useRef<VirtualizerHandle>(null)
  const [settled, setSettled] = useState(false)
  const stuck = useRef(!hasLater)
  const shift = useChangedAbove(firstLine)
  const last = rows.length - 1

  const toBottom = useCallback(() => {
    stuck.current = true
    onBottom(true)
    list.current?.scrollToIndex(last, { align: 'end', offset: beyondLast })
  }, [last, onBottom])

  useFirstPosition(input, list, (isLow) => {
    stuck.current = isLow && !hasLater
    onBottom(isLow)
    setSettled(true)
  })

  const lastKey = rows.at(-1)?.key
  const lastOwn = ownEcho(rows.at(-1))
  useLayoutEffect(() => {
    if (settled && (stuck.current || lastOwn)) toBottom()
  }, [lastKey, lastOwn, settled, toBottom])

  const reach = useCallback(
    (offset: number) => {
      if (!settled) return
      const { scrollSize = 0, viewportSize = 0 } = list.current ?? {}
      if (offset < reachOfMore && hasEarlier && !loadingEarlier) onEarlier()
      if (scrollSize - viewportSize - offset < reachOfMore && hasLater && !loadingLater) onLater()
    },
    [settled, hasEarlier, loadingEarlier, onEarlier, hasLater, loadingLater, onLater],
  )
  // A page may not fill the window. Checked shortly after layout: before it the offset is the old one.
  useEffect(() => {
    const timer = setTimeout(() => list.current !== null && reach(list.current.scrollOffset), 100)
    return () => clearTimeout(timer)
  }, [reach])

  const onScroll = (offset: number) => {
    const { scrollSize = 0, viewportSize = 0 } = list.current ?? {}
    const near = scrollSize - viewportSize - offset < bottomSlack
    if (settled) stuck.current = near && !hasLater
    onBottom(near)
    reach(offset)
  }
  const onResize = () => {
    if (settled && stuck.current) list.current?.scrollToIndex(last, { align: 'end', offset: beyondLast })
  }
  return { list, shift, settled, onScroll, onResize, toBottom }
}

/** True for the one render in which rows were added or removed above: the position is then kept relative to the end. */
function useChangedAbove(firstLine: number): boolean {
  const [before, setBefore] = useState(firstLine)
  useLayoutEffect(() => setBefore(firstLine), [firstLine])
  return before !== 0 && firstLine !== before
}

/** A message that was just sent in this tab is scrolled into view from any position. */
function ownEcho(row: Row | undefined): boolean {
  return row?.kind === 'message' && row.delivery === 'pending'
}

/** Opens at the target of a jump, else at the unread divider, else at the end, and shows nothing before. */
function useFirstPosition(
  { rows, target }: Pick<Input, 'rows' | 'target'>,
  list: { readonly current: VirtualizerHandle | null },
  /** It stands there, at the end of what is loaded or not. */
  settle: (isLow: boolean) => void,
): void {
  const atStart = useRef({ rows, target })
  const settled = useRef(settle)
  settled.current = settle
  useLayoutEffect(() => {
    const start = atStart.current
    const divider = start.rows.findIndex((row) => row.kind === 'unread')
    if (start.target !== null) showTarget(list.current, start.rows, start.target)
    else if (divider === -1) list.current?.scrollToIndex(start.rows.length - 1, { align: 'end', offset: beyondLast })
    else list.current?.scrollToIndex(Math.max(0, divider - 1), { align: 'start' })
    // Two frames: one to measure the rows, one to apply the position.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const { scrollSize = 0, viewportSize = 0, scrollOffset = 0 } = list.current ?? {}
        settled.current(scrollSize - viewportSize - scrollOffset < bottomSlack)
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [list])
}
