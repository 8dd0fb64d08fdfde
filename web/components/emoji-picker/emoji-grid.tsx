'use client'

import type { KeyboardEvent, Ref } from 'react'
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { cx } from '../../lib/cx'
import type { SkinTone } from '../../lib/emoji/emoji-choices'
import { type EmojiEntry, inTone } from '../../lib/emoji/emoji-data'
import { type Cell, entryAt, firstCell, type GridRow, moved, rowsOf, type Section } from './grid'

export interface GridHandle {
  /** The focus goes to the current cell. */
  enter(): void
  pickFirst(): void
  scrollTo(section: string): void
}

interface Props {
  readonly sections: readonly Section[]
  readonly tone: SkinTone
  readonly onPick: (emoji: string) => void
  /** Under the pointer or the focus. */
  readonly onShow: (entry: EmojiEntry) => void
  /** The focus leaves at its top; with what was typed in it. */
  readonly onLeave: (typed: string) => void
  readonly ref: Ref<GridHandle>
}

const columns = 9

/** The emoji as a grid of the ARIA practices: one of its cells is in the order of the Tab key, and arrows move between them. */
export function EmojiGrid({ sections, tone, onPick, onShow, onLeave, ref }: Props) {
  const rows = useMemo(() => rowsOf(sections, columns), [sections])
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const [chosen, setChosen] = useState<Cell | null>(null)
  const hasFocus = useRef(false)
  /** Its row must stay, too, until the focus has left it: a removed element takes the focus with it. */
  const focusedRow = useRef(0)
  const active = chosen !== null && entryAt(rows, chosen) !== undefined ? chosen : firstCell(rows)

  const go = (cell: Cell | null) => {
    if (cell === null) return
    hasFocus.current = true
    list.current?.scrollToIndex(cell.row, { align: 'nearest' })
    setChosen({ ...cell })
    const entry = entryAt(rows, cell)
    if (entry !== undefined) onShow(entry)
  }
  // The row of the active cell stays in the document, so that it can keep the focus.
  useLayoutEffect(() => {
    if (hasFocus.current) focusCell(scroller.current)
  }, [chosen])

  useImperativeHandle(ref, () => ({
    enter: () => go(active),
    pickFirst: () => {
      const entry = active === null ? undefined : entryAt(rows, active)
      if (entry !== undefined) onPick(inTone(entry, tone))
    },
    scrollTo: (section) => {
      const index = rows.findIndex((row) => row.kind === 'title' && row.section === section)
      if (index >= 0) list.current?.scrollToIndex(index, { align: 'start' })
      setChosen(firstCell(rows, index))
    },
  }))

  const onKeyDown = (event: KeyboardEvent) => {
    if (active === null || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const next = moved(rows, active, event.key)
    if (next === undefined) {
      // Typing goes on with the search.
      if (event.key.length > 1 || event.key === ' ') return
      event.preventDefault()
      onLeave(event.key)
      return
    }
    event.preventDefault()
    if (next === null) onLeave('')
    else go(next)
  }
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <div
        role="grid"
        aria-label="Emoji"
        aria-rowcount={rows.length}
        aria-colcount={columns}
        onKeyDown={onKeyDown}
        onFocus={({ target }) => {
          focusedRow.current = Number(target.closest('[role=row]')?.getAttribute('aria-rowindex') ?? 1) - 1
        }}
        onBlur={() => {
          hasFocus.current = false
        }}
        className="px-2 pb-2"
      >
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          data={rows}
          {...(active === null ? {} : { keepMounted: [active.row, focusedRow.current] })}
        >
          {(row, index) => (
            <GridLine
              key={index}
              row={row}
              index={index}
              activeColumn={active?.row === index ? active.column : -1}
              tone={tone}
              onPick={onPick}
              onShow={onShow}
            />
          )}
        </Virtualizer>
      </div>
    </div>
  )
}

/** A row that was far away needs a few frames until it is there. */
const maxFrames = 10

function focusCell(scroller: HTMLElement | null, frames = maxFrames): void {
  const cell = scroller?.querySelector<HTMLElement>('[tabindex="0"]')
  if (cell) cell.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusCell(scroller, frames - 1))
}

interface LineProps {
  readonly row: GridRow
  readonly index: number
  /** Its cell in the order of the Tab key; -1 for none. */
  readonly activeColumn: number
  readonly tone: SkinTone
  readonly onPick: (emoji: string) => void
  readonly onShow: (entry: EmojiEntry) => void
}

function GridLine({ row, index, activeColumn, tone, onPick, onShow }: LineProps) {
  if (row.kind === 'title')
    return (
      <div role="row" aria-rowindex={index + 1}>
        <div role="columnheader" aria-colspan={columns} className="px-1 pt-2.5 pb-1 text-xs font-semibold text-faint">
          {row.name}
        </div>
      </div>
    )
  return (
    <div role="row" aria-rowindex={index + 1} className="grid grid-cols-9">
      {row.entries.map((entry, column) => {
        const emoji = inTone(entry, tone)
        return (
          <div key={emoji} role="gridcell">
            <button
              type="button"
              tabIndex={column === activeColumn ? 0 : -1}
              aria-label={entry.name}
              onClick={() => onPick(emoji)}
              onPointerEnter={() => onShow(entry)}
              className={cx(
                'grid aspect-square w-full place-items-center rounded-lg text-[1.375rem] leading-none hover:bg-hover',
                'focus:bg-selected',
              )}
            >
              {emoji}
            </button>
          </div>
        )
      })}
    </div>
  )
}
