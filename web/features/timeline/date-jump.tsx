'use client'

import type { ReactNode } from 'react'
import { Button } from '../../components/button'
import { Popover } from '../../components/popover'
import { textOf } from '../../lib/form'
import { dayKey } from '../../lib/time'
import { usePlace } from './place'
import { useTimelines } from './timeline-provider'
import { useToNewest } from './use-to-newest'

interface Props {
  readonly anchor: HTMLElement
  /** The day that is chosen at first. */
  readonly day: string
  readonly onClose: () => void
}

/** Leads to the first message of a day, or to an end of the conversation. */
export function DateJump({ anchor, day, onClose }: Props) {
  const { conversationId } = usePlace()
  const { reading } = useTimelines().stores.of(conversationId)
  const toNewest = useToNewest()
  const today = new Date()
  const daysAgo = (days: number) => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days)
  const go = (jump: () => unknown) => () => {
    onClose()
    jump()
  }
  const goTo = (date: Date) => go(() => reading.jumpTo({ date: date.toISOString() }))
  return (
    <Popover label="Jump to a date" anchor={anchor} onClose={onClose} className="sm:w-64">
      <div className="p-2">
        <Choice onClick={go(toNewest)}>Newest messages</Choice>
        <Choice onClick={goTo(daysAgo(7))}>A week ago</Choice>
        <Choice onClick={goTo(daysAgo(30))}>A month ago</Choice>
        <Choice onClick={go(() => reading.jumpTo({ line: 1 }))}>The very beginning</Choice>
      </div>
      <form
        className="flex items-end gap-2 border-t border-line p-4 pb-5 sm:pb-4"
        onSubmit={(event) => {
          event.preventDefault()
          const date = localDay(textOf(new FormData(event.currentTarget), 'day'))
          if (date !== null) goTo(date)()
        }}
      >
        <label className="min-w-0 flex-1">
          <span className="mb-1.5 block text-sm font-medium">Date</span>
          <input
            type="date"
            name="day"
            data-autofocus
            required
            max={dayKey(today)}
            defaultValue={day}
            className="h-9 w-full rounded-lg border border-line-strong bg-raised px-2 text-sm max-sm:text-base"
          />
        </label>
        <Button type="submit">Go</Button>
      </form>
    </Popover>
  )
}

function Choice({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-11 w-full items-center rounded-lg px-3 text-left text-sm -outline-offset-2! hover:bg-hover sm:min-h-9"
    >
      {children}
    </button>
  )
}

/** The beginning of a day here; null for what is no day. */
function localDay(text: string): Date | null {
  const [year, month, day] = text.split('-').map(Number)
  if (year === undefined || month === undefined || day === undefined) return null
  const date = new Date(year, month - 1, day)
  return Number.isNaN(date.getTime()) ? null : date
}
