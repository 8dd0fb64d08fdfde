'use client'

import { X } from 'lucide-react'
import { IconButton } from '../../components/button'
import { type Failure, sentenceOf } from '../../lib/graphql/errors'
import { useStorePart } from '../../lib/use-store'
import type { TimelineStore } from './model/timeline-store'

/** Says why a jump did not arrive: a message may be gone, or not be for the viewer. */
export function MissedNotice({ store }: { readonly store: TimelineStore }) {
  const missed = useStorePart(store, (snapshot) => snapshot.missed)
  if (missed === null) return null
  return (
    <div className="flex shrink-0 items-center gap-3 border-b border-line bg-wash py-1.5 pr-2 pl-5">
      <p role="alert" className="min-w-0 flex-1 text-sm text-ink">
        {missedSentence(missed)}
      </p>
      <IconButton label="Dismiss" onClick={() => store.reading.forgetMissed()}>
        <X className="size-4" aria-hidden="true" />
      </IconButton>
    </div>
  )
}

/** The same for a message that does not exist and for one that the viewer may not see. */
export const missedSentence = (failure: Failure): string =>
  failure.category === 'state' || failure.category === 'input'
    ? 'This message is not in the conversation: it does not exist, or you may not see it.'
    : sentenceOf(failure)
