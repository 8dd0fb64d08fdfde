import { useEffect, useLayoutEffect, useRef } from 'react'
import { cx } from '../../lib/cx'
import type { Completion } from './use-completion'

interface Props {
  readonly id: string
  /** Its accessible name. */
  readonly label: string
  /** The frame of the field, above or below which it opens. */
  readonly anchor: HTMLElement | null
  readonly choices: readonly Completion[]
  readonly marked: number
  readonly onPick: (choice: Completion) => void
}

export const completionOptionId = (listId: string, index: number): string => `${listId}-${index}`

/** Pixels between it and the field, and the edge of the window. */
const gap = 6
const edge = 8

/** The names that are offered while one writes, beside the field; the focus stays in the field. */
export function CompletionList({ id, label, anchor, choices, marked, onPick }: Props) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const { current } = list
    // In the top layer no list cuts it off.
    if (current !== null && !current.matches(':popover-open')) current.showPopover()
  }, [])
  useLayoutEffect(() => {
    if (list.current !== null && anchor !== null) place(list.current, anchor)
  }, [anchor, choices])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    <div
      ref={list}
      popover="manual"
      id={id}
      role="listbox"
      aria-label={label}
      className="fixed m-0 max-h-72 overflow-y-auto rounded-2xl border border-line bg-raised p-1.5 text-ink shadow-float"
    >
      {choices.map((choice, index) => (
        <div
          key={choice.key}
          role="option"
          id={completionOptionId(id, index)}
          aria-selected={index === marked}
          // The field keeps the focus, and a phone its keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(choice)}
          className={cx(
            'flex h-11 cursor-default items-center gap-3 rounded-lg px-2.5',
            index === marked ? 'bg-selected' : 'hover:bg-hover',
          )}
        >
          {choice.view}
        </div>
      ))}
    </div>
  )
}

/** Above the field if there is room, else below. */
function place(list: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const width = Math.min(at.width, 420)
  list.style.width = `${width}px`
  list.style.left = `${Math.max(edge, Math.min(at.left, window.innerWidth - width - edge))}px`
  const above = at.top - gap - list.offsetHeight
  list.style.top = `${above >= edge ? above : at.bottom + gap}px`
}
