'use client'

import type { KeyboardEvent, RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import type { Row } from './model/rows'
import { nextMessage } from './model/walking'
import { usePlace } from './place'
import { useTimelines } from './timeline-provider'

/** A row that was far away needs a few frames until it is there. */
const maxFrames = 10

interface Ends {
  readonly toNewest: () => void
  readonly toBeginning: () => void
}

/**
 * Arrow up and down walk over the messages while the list has the focus, End and Home go to the ends of the conversation,
 * loaded or not; Escape leads back to the composer.
 */
export function useWalking(
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
  { toNewest, toBeginning }: Ends,
) {
  const { composer, threadComposer } = useTimelines()
  const { threadId } = usePlace()
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.metaKey || event.shiftKey || isField(event.target)) return
    const toEnd = { End: toNewest, Home: toBeginning }[event.key]
    if (toEnd !== undefined) {
      event.preventDefault()
      // The message that has the focus may be gone there.
      event.currentTarget.focus({ preventScroll: true })
      toEnd()
      return
    }
    if (event.ctrlKey) return
    if (event.key === 'Escape') {
      event.preventDefault()
      const field = threadId === null ? composer : threadComposer
      field.current?.focus()
      return
    }
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (step === null) return
    event.preventDefault()
    const next = nextMessage(rows, from(event, step), step)
    const row = rows[next]
    if (row === undefined) return
    list.current?.scrollToIndex(next, { align: 'nearest' })
    focusRow(event.currentTarget, row.key)
  }

  /** The row with the focus; the edge of what is seen when the list itself has it. */
  function from({ target }: KeyboardEvent, step: 1 | -1): number {
    const key = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : undefined
    const focused = key === undefined ? -1 : rows.findIndex((row) => row.key === key)
    if (focused !== -1) return focused
    const { scrollOffset = 0, viewportSize = 0 } = list.current ?? {}
    const edge = list.current?.findItemIndex(step === -1 ? scrollOffset + viewportSize : scrollOffset) ?? 0
    return edge - step
  }
}

/** The list itself for a row without a message, such as that of a day. */
export function focusRow(scroller: HTMLElement, key: string, frames = maxFrames): void {
  const row = scroller.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)
  if (row !== null) row.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusRow(scroller, key, frames - 1))
  else scroller.focus({ preventScroll: true })
}

const isField = (target: EventTarget): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['TEXTAREA', 'INPUT'].includes(target.tagName))
