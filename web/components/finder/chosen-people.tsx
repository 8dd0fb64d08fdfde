import { X } from 'lucide-react'
import { Avatar } from '../avatar'
import type { PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'

interface Props {
  readonly people: readonly PersonPartsFragment[]
  readonly onRemove: (id: string) => void
}

export function ChosenPeople({ people, onRemove }: Props) {
  if (people.length === 0) return null
  return (
    <ul aria-label="Chosen people" className="mb-2 flex max-h-28 flex-wrap gap-1.5 overflow-y-auto">
      {people.map((person) => (
        <li key={person.id} className="flex items-center gap-1.5 rounded-full bg-wash py-0.5 pr-1 pl-0.5 text-sm">
          <Avatar id={person.id} name={person.displayName} size="sm" />
          {person.displayName}
          <button
            type="button"
            aria-label={`Remove ${person.displayName}`}
            onClick={() => onRemove(person.id)}
            className="grid size-6 place-items-center rounded-full text-soft hover:bg-hover hover:text-ink max-sm:size-11"
          >
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  )
}
