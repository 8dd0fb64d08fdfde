'use client'

import { Reply, X } from 'lucide-react'
import { IconButton } from '../../components/button'
import type { Quote } from './model/events'
import type { TimelineStore } from './model/timeline-store'
import { Quoted } from './quoted'
import { useCurrentQuote } from './use-current-quote'

interface Props {
  readonly quote: Quote
  /** The list in which it is quoted. */
  readonly store: TimelineStore
  /** Its message has changed. */
  readonly onNewer: (quote: Quote) => void
  readonly onCancel: () => void
}

/** Above the field in which one writes: the message that it replies to, as that is now. */
export function ComposerQuote({ quote, store, onNewer, onCancel }: Props) {
  const now = useCurrentQuote(quote, store, onNewer)
  return (
    <div
      role="group"
      aria-label="Replying to"
      className="mb-1.5 flex items-center gap-2 rounded-xl border border-line bg-raised py-0.5 pr-1 pl-3 text-sm text-soft"
    >
      <Reply className="size-4 shrink-0 text-accent" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 items-baseline gap-1.5">
        <Quoted quote={now} />
      </div>
      <IconButton label="Cancel reply" title="Cancel reply (Esc)" onClick={onCancel} className="size-8">
        <X className="size-4" aria-hidden="true" />
      </IconButton>
    </div>
  )
}
