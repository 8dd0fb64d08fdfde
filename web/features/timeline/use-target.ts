'use client'

import type { RefObject } from 'react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { contextTop, type Target } from './model/reading'
import { rowAtLine, type Row } from './model/rows'
import { focusRow } from './use-walking'
import { useTimelines } from './timeline-provider'

/** How long a message is pointed out. */
const shownMs = 2_500

interface Input {
  readonly rows: readonly Row[]
  readonly target: Target | null
  readonly list: RefObject<VirtualizerHandle | null>
  readonly scroller: RefObject<HTMLElement | null>
  /** The list has its first position, which is already that of the target. */
  readonly settled: boolean
}

/** Scrolls to the target of a jump, and points its message out. */
export function useTarget({ rows, target, list, scroller, settled }: Input): void {
  const { highlighted } = useTimelines()
  const rowsNow = useRef(rows)
  rowsNow.current = rows
  const shown = useRef(settled ? null : target)
  useLayoutEffect(() => {
    if (target === null || target === shown.current) return
    shown.current = target
    showTarget(list.current, rowsNow.current, target)
  }, [list, target])
  useEffect(() => {
    if (target === null || !settled) return
    highlighted.set(target.replyId ?? target.messageId)
    const timer = setTimeout(() => highlighted.set(null), shownMs)
    focusTarget(scroller.current, rowsNow.current[rowAtLine(rowsNow.current, target.line)])
    return () => {
      clearTimeout(timer)
      highlighted.set(null)
    }
  }, [target, settled, highlighted, scroller])
}

/** A message in the middle, what was unread below some of what was read, and what is only a place under its day. */
export function showTarget(list: VirtualizerHandle | null, rows: readonly Row[], target: Target): void {
  const index = rowAtLine(rows, target.line)
  if (index === -1) return
  if (target.line === 1) list?.scrollTo(0)
  else if (target.messageId !== null) list?.scrollToIndex(index, { align: 'center' })
  else if (target.isUnread === true) list?.scrollToIndex(index, { align: 'start', offset: -contextTop })
  else list?.scrollToIndex(rows[index - 1]?.kind === 'day' ? index - 1 : index, { align: 'start' })
}

/** The focus follows, unless it is somewhere else on purpose. */
function focusTarget(scroller: HTMLElement | null, row: Row | undefined): void {
  const { activeElement } = document
  const isFree = activeElement === document.body || scroller?.contains(activeElement) === true
  if (scroller !== null && row !== undefined && isFree) focusRow(scroller, row.key)
}
