'use client'

import type { RefObject } from 'react'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { rowAfterLine } from './model/on-screen'
import { contextTop, type Place, type Target } from './model/reading'
import type { ReadingProgress } from './model/reading-progress'
import { lineOfRow, type Row } from './model/rows'
import { beyondLast, bottomSlack, useFirstPosition } from './use-first-position'

/** Closer to either end than this, more messages are loaded. */
const reachOfMore = 800

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
  /** Where one stood; null for the end. */
  readonly place: Place | null
  readonly onStand: (place: Place | null) => void
  readonly onBottom: (atBottom: boolean) => void
  readonly progress: ReadingProgress
  /** The height above the first row. */
  readonly top: number
  readonly scroller: RefObject<HTMLElement | null>
}

/**
 * The scroll position of a timeline: it follows the end while the reader is there, as far as that hides nothing that they
 * have not seen, and stays unchanged everywhere else.
 */
export function useTimelineScroll(input: Input) {
  const { rows, firstLine, hasEarlier, loadingEarlier, onEarlier, hasLater, loadingLater, onLater } = input
  const { onBottom, onStand, progress, top } = input
  const list = useRef<VirtualizerHandle>(null)
  const [settled, setSettled] = useState(false)
  const stuck = useRef(!hasLater)
  const shift = useChangedAbove(firstLine)
  const last = rows.length - 1

  const lastLine = rows.findLast((row) => lineOfRow(row) !== null)
  const lastLineNow = useRef(0)
  lastLineNow.current = lastLine === undefined ? 0 : (lineOfRow(lastLine) ?? 0)
  const scrollToEnd = useCallback(() => {
    stuck.current = true
    onBottom(true)
    list.current?.scrollToIndex(last, { align: 'end', offset: beyondLast })
  }, [last, onBottom])

  /** Whatever is passed over. */
  const toBottom = useCallback(() => {
    progress.pass(lastLineNow.current)
    scrollToEnd()
  }, [progress, scrollToEnd])

  const follow = useCallback(() => {
    const unseen = unseenBeyond(list.current, rows, progress.get().lastShown)
    if (unseen === -1) scrollToEnd()
    else list.current?.scrollToIndex(unseen, { align: 'start', offset: -contextTop })
  }, [rows, progress, scrollToEnd])

  const { target, place } = input
  const isAtEnd = useRef(target === null && place === null && !hasLater)
  useFirstPosition({ ...input, list }, (isLow) => {
    if (isAtEnd.current) progress.pass(lastLineNow.current)
    stuck.current = isLow && !hasLater
    onStand(stuck.current ? null : placeAt(list.current, rows, top))
    onBottom(isLow)
    setSettled(true)
  })

  const lastKey = rows.at(-1)?.key
  const lastOwn = ownEcho(rows.at(-1))
  const followNow = useRef(follow)
  followNow.current = follow
  useLayoutEffect(() => {
    if (!settled) return
    if (lastOwn) toBottom()
    else if (stuck.current) followNow.current()
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
    if (settled) {
      stuck.current = near && !hasLater
      onStand(stuck.current ? null : placeAt(list.current, rows, top))
    }
    onBottom(near)
    reach(offset)
  }
  const onResize = () => {
    if (settled && stuck.current) follow()
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

/** The first row that was not seen, when it would not be to be seen any more at the end; else -1. */
function unseenBeyond(list: VirtualizerHandle | null, rows: readonly Row[], lastShown: number): number {
  const index = rowAfterLine(rows, lastShown)
  if (list === null || index === -1) return -1
  const last = rows.length - 1
  const below = list.getItemOffset(last) + list.getItemSize(last) - list.getItemOffset(index)
  return below + contextTop > list.viewportSize ? index : -1
}

/** The first line that is to be seen, and where; null without lines. */
function placeAt(list: VirtualizerHandle | null, rows: readonly Row[], above: number): Place | null {
  if (list === null) return null
  for (let index = list.findItemIndex(list.scrollOffset); index < rows.length; index += 1) {
    const row = rows[index]
    const line = row === undefined ? null : lineOfRow(row)
    if (line !== null) return { line, top: above + list.getItemOffset(index) - list.scrollOffset }
  }
  return null
}
