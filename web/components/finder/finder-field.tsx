'use client'

import type { KeyboardEvent } from 'react'
import { cx } from '../../lib/cx'
import { optionId } from './finder-result'

interface Props {
  /** Bare where its frame is around it. */
  readonly look?: 'framed' | 'bare'
  /** The accessible name. */
  readonly label: string
  readonly placeholder: string
  /** The id of the list of results, and how many there are. */
  readonly listId: string
  readonly count: number
  readonly marked: number
  readonly onMark: (index: number) => void
  readonly text: string
  readonly onText: (text: string) => void
  /** Any other key than those that move the mark. */
  readonly onKey: (event: KeyboardEvent) => void
  readonly autoFocus?: boolean
}

const looks = {
  framed:
    'rounded-lg border border-line-strong bg-raised px-3 focus-visible:border-focus focus-visible:outline-1 focus-visible:-outline-offset-2',
  bare: 'bg-transparent px-2 outline-none',
}

/** The field above the results of a search: what one types in it searches, arrows move through what was found. */
export function FinderField(props: Props) {
  const {
    look = 'framed',
    label,
    placeholder,
    listId,
    count,
    marked,
    onMark,
    text,
    onText,
    onKey,
    autoFocus = false,
  } = props
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.altKey ? undefined : { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined) {
      onKey(event)
      return
    }
    event.preventDefault()
    onMark(Math.max(0, Math.min(count - 1, marked + step)))
  }
  return (
    <input
      role="combobox"
      aria-label={label}
      aria-expanded={count > 0}
      aria-controls={listId}
      aria-autocomplete="list"
      aria-activedescendant={marked >= 0 && count > 0 ? optionId(marked) : undefined}
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder={placeholder}
      autoFocus={autoFocus}
      className={cx('h-11 w-full min-w-0 text-base placeholder:text-faint sm:text-md', looks[look])}
    />
  )
}
