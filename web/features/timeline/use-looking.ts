'use client'

import type { RefObject } from 'react'
import { useCallback, useEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { linesOnScreen } from './model/on-screen'
import type { LineRange } from './model/reading-progress'
import type { Row } from './model/rows'

/** So long after a change it is noted what is on the screen, in milliseconds: also often enough while one scrolls fast. */
const pause = 120

interface Input {
  readonly rows: readonly Row[]
  readonly list: RefObject<VirtualizerHandle | null>
  /** The height above the first row. */
  readonly top: number
  /** The list has its first position. */
  readonly settled: boolean
  /** Somebody sees it. */
  readonly isSeen: boolean
  readonly onLook: (onScreen: LineRange | null) => void
}

/** Notes which lines are on the screen, a moment after that changes. Returns what is to be called when one scrolls. */
export function useLooking(input: Input): () => void {
  const { rows, list, settled, isSeen } = input
  const now = useRef(input)
  now.current = input
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const look = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = undefined
    const { current } = list
    if (!now.current.settled || current === null) return
    const { scrollOffset, viewportSize } = current
    const from = scrollOffset - now.current.top
    const heights = {
      offset: (index: number) => current.getItemOffset(index),
      size: (index: number) => current.getItemSize(index),
    }
    const part = { from, to: from + viewportSize }
    now.current.onLook(linesOnScreen(now.current.rows, heights, part, current.findItemIndex(scrollOffset)))
  }, [list])
  const lookSoon = useCallback(() => {
    timer.current ??= setTimeout(look, pause)
  }, [look])
  useEffect(() => {
    if (settled) lookSoon()
  }, [lookSoon, rows, settled, isSeen])
  // It has stood there for some frames already.
  useEffect(() => {
    if (settled) look()
  }, [look, settled])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return lookSoon
}
