'use client'

import { Forward } from 'lucide-react'
import { type Person, personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'

interface Props {
  /** Of who wrote the text. */
  readonly id: string
  /** As an answer told them; null while accounts are away. */
  readonly person: Person | null
}

/** Above a text that somebody else wrote. */
export function ForwardedFrom({ id, person }: Props) {
  const { displayName } = usePerson(personOf(id, person))
  return (
    <p className="flex min-w-0 items-center gap-1.5 text-xs text-faint">
      <Forward className="size-3.5 shrink-0" aria-hidden="true" />
      <span className="truncate">Forwarded from {displayName}</span>
    </p>
  )
}
