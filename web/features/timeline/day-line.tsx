'use client'

import { CalendarDays } from 'lucide-react'
import { useState } from 'react'
import { dayLabel } from '../../lib/time'
import { DateJump } from './date-jump'
import type { DayRow } from './model/rows'

/** The day of the messages below it, which opens the choice of another one. */
export function DayLine({ row }: { readonly row: DayRow }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const day = row.key.slice(1)
  const label = dayLabel(new Date(row.at), new Date())
  return (
    <div className="flex items-center gap-2 px-5 pt-4">
      <span className="h-px flex-1 bg-line" />
      <button
        type="button"
        aria-haspopup="dialog"
        title="Jump to a date"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        className="group/day relative flex min-h-6 items-center rounded-full pointer-coarse:after:absolute pointer-coarse:after:-inset-x-1 pointer-coarse:after:-inset-y-2.5 px-2 text-xs font-medium text-faint hover:bg-hover hover:text-ink"
      >
        <time dateTime={day}>{label}</time>
        <span className="sr-only">: jump to a date</span>
        <CalendarDays
          className="absolute left-full ml-1.5 size-3.5 bg-paper opacity-0 group-hover/day:opacity-100 group-focus-visible/day:opacity-100"
          aria-hidden="true"
        />
      </button>
      <span className="h-px flex-1 bg-line" />
      {anchor !== null && <DateJump anchor={anchor} day={day} onClose={() => setAnchor(null)} />}
    </div>
  )
}
