'use client'

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from './model/rows'

/** Closer to the end than this counts as the end. */
const bottomSlack = 56
/** Closer to the beginning than this, earlier messages are loaded. */
const topReach = 800
/** More than the space below the last row, so that the end is really the end. */
const beyondLast = 64

interface Input {
  readonly rows: readonly Row[]
  readonly firstLine: number
  readonly hasEarlier: boolean
  readonly loadingEarlier: boolean
  readonly onEarlier: () => void
}

/**
 * The scroll position of a timeline: it follows the end while the reader is there, and stays unchanged everywhere else.
 */
export function useTimelineScroll({ rows, firstLine, hasEarlier, loadingEarlier, onEarlier }: Input) {
  const list = useRef<VirtualizerHandle>(null)
  const [atBottom, setAtBottom] = useState(true)
  const [settled, setSettled] = useState(false)
  const stuck = useRef(true)
  const shift = usePrepended(firstLine)
  const unseen = useUnseen(rows, atBottom)
  const last = rows.length - 1

  const toBottom = useCallback(() => {
    stuck.current = true
    setAtBottom(true)
    list.current?.scrollToIndex(last, { align: 'end', offset: beyondLast })
  }, [last])

  useFirstPosition(rows, list, stuck, setSettled)

  const lastKey = rows.at(-1)?.key
  const lastOwn = ownEcho(rows.at(-1))
  useLayoutEffect(() => {
    if (settled && (stuck.current || lastOwn)) toBottom()
  }, [lastKey, lastOwn, settled, toBottom])

  const reach = useCallback(
    (offset: number) => {
      if (offset < topReach && hasEarlier && !loadingEarlier && settled) onEarlier()
    },
    [hasEarlier, loadingEarlier, settled, onEarlier],
  )
  // A page may not fill the window. Checked shortly after layout: before it the offset is the old one.
  useEffect(() => {
    const timer = setTimeout(() => reach(list.current?.scrollOffset ?? Infinity), 100)
    return () => clearTimeout(timer)
  }, [reach])

  const onScroll = (offset: number) => {
    const { scrollSize = 0, viewportSize = 0 } = list.current ?? {}
    const near = scrollSize - viewportSize - offset < bottomSlack
    if (settled) stuck.current = near
    setAtBottom(near)
    reach(offset)
  }
  const onResize = () => {
    if (settled && stuck.current) list.current?.scrollToIndex(last, { align: 'end', offset: beyondLast })
  }
  return { list, shift, atBottom, unseen, settled, onScroll, onResize, toBottom }
}

/** True for the one render in which rows were added above: the position is then kept relative to the end. */
function usePrepended(firstLine: number): boolean {
  const [before, setBefore] = useState(firstLine)
  const prepended = firstLine < before
  useLayoutEffect(() => setBefore(firstLine), [firstLine])
  return prepended
}

/** How many messages of others arrived below the current position. */
function useUnseen(rows: readonly Row[], atBottom: boolean): number {
  const count = rows.filter((row) => row.kind === 'message' && !row.own).length
  const lastOther = rows.findLast((row) => row.kind === 'message' && !row.own)?.key
  const [seen, setSeen] = useState(lastOther)
  if (atBottom && seen !== lastOther) setSeen(lastOther)
  if (atBottom || seen === lastOther || count === 0) return 0
  const from = rows.findIndex((row) => row.key === seen)
  return rows.slice(from + 1).filter((row) => row.kind === 'message' && !row.own).length
}

/** A message that was just sent in this tab is scrolled into view from any position. */
function ownEcho(row: Row | undefined): boolean {
  return row?.kind === 'message' && row.delivery === 'pending'
}

/** Opens at the unread divider, else at the end, and shows nothing before. */
function useFirstPosition(
  rows: readonly Row[],
  list: { readonly current: VirtualizerHandle | null },
  stuck: { current: boolean },
  setSettled: (settled: boolean) => void,
): void {
  const rowsAtStart = useRef(rows)
  useLayoutEffect(() => {
    const start = rowsAtStart.current
    const divider = start.findIndex((row) => row.kind === 'unread')
    if (divider === -1) list.current?.scrollToIndex(start.length - 1, { align: 'end', offset: beyondLast })
    else list.current?.scrollToIndex(Math.max(0, divider - 1), { align: 'start' })
    // Two frames: one to measure the rows, one to apply the position.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const { scrollSize = 0, viewportSize = 0, scrollOffset = 0 } = list.current ?? {}
        stuck.current = scrollSize - viewportSize - scrollOffset < bottomSlack
        setSettled(true)
      })
    })
    return () => cancelAnimationFrame(frame)
  }, [list, stuck, setSettled])
}
