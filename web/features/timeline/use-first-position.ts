'use client'

import type { RefObject } from 'react'
import { useLayoutEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Place, Target } from './model/reading'
import { rowAtLine, type Row } from './model/rows'
import { showTarget } from './use-target'

/** Closer to the end than this counts as the end. */
export const bottomSlack = 56
/** More than the space below the last row, so that the end is really the end. */
export const beyondLast = 64
/** A list stands where it is to be when it has not moved for so many frames, or after so many in any case. */
const stillFrames = 2
const mostFrames = 30
/** Pixels: closer to its place is there. */
const closeEnough = 2

interface Input {
  readonly rows: readonly Row[]
  readonly target: Target | null
  readonly place: Place | null
  readonly list: RefObject<VirtualizerHandle | null>
  readonly scroller: RefObject<HTMLElement | null>
}

/**
 * Opens at the target of a jump, else where one stood, else at the end, and shows nothing before. `settle`: it stands
 * there, at the end of what is loaded or not.
 */
export function useFirstPosition(input: Input, settle: (isLow: boolean) => void): void {
  const atStart = useRef(input)
  const settled = useRef(settle)
  settled.current = settle
  useLayoutEffect(() => {
    const { list } = atStart.current
    aim(atStart.current)
    // Rows are measured and the position is applied in turns, until nothing moves any more.
    let frame = 0
    let confirmed = ''
    const isThere = (now: string): boolean => {
      if (atStart.current.target === null) return isAimed(atStart.current)
      // Rows that were measured on the way have moved it: it is there when aiming again moves nothing.
      const isConfirmed = confirmed === now
      confirmed = now
      return isConfirmed
    }
    const settleWhenStill = (before: string, still: number, left: number) => {
      frame = requestAnimationFrame(() => {
        const { scrollSize = 0, viewportSize = 0, scrollOffset = 0 } = list.current ?? {}
        const now = `${scrollSize} ${scrollOffset}`
        const stillNow = now === before ? still + 1 : 0
        const isStill = stillNow >= stillFrames
        const stays = isStill && isThere(now)
        if (isStill && !stays) aim(atStart.current)
        if (!stays && left > 0) settleWhenStill(now, stillNow % stillFrames, left - 1)
        else settled.current(scrollSize - viewportSize - scrollOffset < bottomSlack)
      })
    }
    settleWhenStill('', 0, mostFrames)
    return () => cancelAnimationFrame(frame)
  }, [])
}

const standing = ({ rows, place }: Input): number => (place === null ? -1 : rowAtLine(rows, place.line))

function aim(input: Input): void {
  const { rows, target, place, list } = input
  const stood = standing(input)
  if (target !== null) showTarget(list.current, rows, target)
  else if (stood === -1) list.current?.scrollToIndex(rows.length - 1, { align: 'end', offset: beyondLast })
  else list.current?.scrollToIndex(stood, { align: 'start', offset: -(place?.top ?? 0) })
}

/** Whether the line of the place is where it was, or as close to that as the ends of the list allow. */
function isAimed(input: Input): boolean {
  const { rows, target, place, scroller } = input
  const row = target === null ? rows[standing(input)] : undefined
  const element = row && scroller.current?.querySelector(`[data-row="${CSS.escape(row.key)}"]`)
  if (!element || scroller.current === null || place === null) return true
  const { scrollTop, scrollHeight, clientHeight } = scroller.current
  const top = element.getBoundingClientRect().top - scroller.current.getBoundingClientRect().top
  const isFar = Math.abs(top - place.top) >= closeEnough
  const isAtEnd = top > place.top && scrollHeight - clientHeight - scrollTop < closeEnough
  return !isFar || isAtEnd || (top < place.top && scrollTop < closeEnough)
}
