'use client'

import { Bookmark, Pin } from 'lucide-react'
import { usePerson } from '../../lib/people/use-person'
import { personOf } from '../../lib/people/people'
import { useViewer } from '../../lib/session/use-session'
import type { Message } from './model/events'
import { useReactorNames } from './use-reactor-names'

/** Whether it is pinned, which all members see, and bookmarked, which only the viewer does. */
export function MessageMarks({ message }: { readonly message: Message }) {
  const { pinnedAt, pinnedById, isBookmarked = false } = message
  if (pinnedAt === null && !isBookmarked) return null
  return (
    <p className="mt-0.5 mb-0.5 flex flex-wrap items-center gap-x-3 text-xs text-faint">
      {pinnedAt !== null && <Pinned byId={pinnedById} />}
      {isBookmarked && (
        <span className="inline-flex items-center gap-1">
          <Bookmark className="size-3 fill-current text-accent" aria-hidden="true" />
          Bookmarked
        </span>
      )}
    </p>
  )
}

function Pinned({ byId }: { readonly byId: string | null }) {
  return (
    <span className="inline-flex items-center gap-1">
      <Pin className="size-3 text-signal-ink" aria-hidden="true" />
      {byId === null ? 'Pinned' : <PinnedBy id={byId} />}
    </span>
  )
}

/** “Pinned by you”. */
export function PinnedBy({ id }: { readonly id: string }) {
  const viewer = useViewer()
  // Fetches the name if it is unknown.
  useReactorNames([id])
  const { displayName } = usePerson(personOf(id, null))
  return <>Pinned by {id === viewer.id ? 'you' : displayName}</>
}
