'use client'

import { Trash2 } from 'lucide-react'
import { type Person, personOf } from '../../lib/people/people'
import { usePerson } from '../../lib/people/use-person'
import { useViewer } from '../../lib/session/use-session'
import { exactTime } from '../../lib/time'
import type { MessageRow } from './model/rows'

/** What is left of a deleted message. */
export function Tombstone({ row }: { readonly row: MessageRow }) {
  const viewer = useViewer()
  const author = usePerson(row.author)
  const deletedBy = usePerson(personOf(row.message?.deletedById ?? row.author.id, null))
  return (
    <>
      <span className="grid w-9 shrink-0 place-items-center">
        <Trash2 className="size-3.5 text-faint" aria-hidden="true" />
      </span>
      <p title={`Sent ${exactTime(new Date(row.at))}`} className="min-w-0 flex-1 text-sm leading-5 text-faint italic">
        {deletionSentence({ author, deletedBy, viewerId: viewer.id })}
      </p>
    </>
  )
}

interface Deleted {
  readonly author: Person
  readonly deletedBy: Person
  readonly viewerId: string
}

export function deletionSentence({ author, deletedBy, viewerId }: Deleted): string {
  const who = deletedBy.id === viewerId ? 'You' : deletedBy.displayName
  if (author.id === deletedBy.id) return `${who} deleted a message`
  return author.id === viewerId
    ? `${who} deleted a message of yours`
    : `${who} deleted a message of ${author.displayName}`
}
