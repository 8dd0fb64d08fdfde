'use client'

import { type KeyboardEvent, type ReactNode, useState } from 'react'

interface Props {
  /** The text, without anything in it that could be reached before it is opened. */
  readonly covered: string
  readonly children: ReactNode
}

/** Text that shows by a click, a tap, Enter or the space bar. It stays one element then, so that the focus stays. */
export function Spoiler({ covered, children }: Props) {
  const [isOpen, setOpen] = useState(false)
  if (isOpen) {
    return (
      <span tabIndex={-1} className="rounded bg-hover px-0.5 outline-none">
        {children}
      </span>
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    setOpen(true)
  }
  return (
    <span
      role="button"
      tabIndex={0}
      title="Show the spoiler"
      onClick={() => setOpen(true)}
      onKeyDown={onKeyDown}
      className="cursor-pointer rounded bg-soft px-0.5 text-transparent select-none hover:bg-faint"
    >
      <span aria-hidden="true">{covered}</span>
    </span>
  )
}
