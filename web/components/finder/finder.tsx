'use client'

import { useApolloClient } from '@apollo/client/react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { acquaintances } from '../../lib/conversations/acquaintances'
import { membersOf } from '../../lib/conversations/members'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { Person } from '../../lib/people/people'
import { type FoundPeople, usePeople } from '../../lib/people/use-people'
import { useViewer } from '../../lib/session/use-session'
import { Dialog } from '../dialog'
import { ChosenPeople } from './chosen-people'
import { FinderField } from './finder-field'
import type { Result } from './finder-result'
import { FinderResults } from './finder-results'
import { useResults } from './use-results'

const listId = 'finder-results'

interface Props {
  readonly title: string
  readonly chosen: readonly Person[]
  readonly onChosen: (chosen: readonly Person[]) => void
  /** Why a person cannot be chosen; null for those who can. */
  readonly noteOf?: (id: string) => string | null
  /** Enter, when nothing is typed and nothing marked. */
  readonly onDone: () => void
  readonly onClose: () => void
  /** What is below the results. */
  readonly children: ReactNode
}

/** A dialog in which one finds people by their names and chooses some. Those whom one knows are there before one types. */
export function Finder({ title, chosen, onChosen, noteOf, onDone, onClose, children }: Props) {
  const [text, setText] = useState('')
  const typed = text.trim()
  const search = usePeople(typed)
  const known = useAcquaintances()
  const candidates = typed === '' ? known : search.people
  const found = candidates
    .filter((person) => !chosen.some(({ id }) => id === person.id))
    .map((person): Result => {
      const note = noteOf?.(person.id) ?? null
      return { kind: 'person', id: person.id, person, note, isChoosable: note === null }
    })
  const { results, isCut, marked, mark, unmark } = useResults({ typed, found, marksFirst: typed !== '' })

  const change = (next: string) => {
    setText(next)
    unmark()
  }
  const pick = (result: Result) => {
    if (result.kind !== 'person' || !result.isChoosable) return
    onChosen([...chosen, result.person])
    change('')
  }
  const onKey = (event: KeyboardEvent) => {
    const result = results[marked]
    if (event.key === 'Enter') {
      event.preventDefault()
      if (result !== undefined) pick(result)
      else if (typed === '') onDone()
    } else if (event.key === 'Backspace' && text === '') onChosen(chosen.slice(0, -1))
  }

  return (
    <Dialog title={title} look="page" onClose={onClose}>
      <div className="px-5">
        <ChosenPeople people={chosen} onRemove={(id) => onChosen(chosen.filter((person) => person.id !== id))} />
        <FinderField
          label="Find people"
          placeholder={chosen.length === 0 ? 'Type a name' : 'Add another person'}
          listId={listId}
          count={results.length}
          marked={marked}
          onMark={mark}
          text={text}
          onText={change}
          onKey={onKey}
        />
      </div>
      <FinderResults
        id={listId}
        label="People"
        results={results}
        isCut={isCut}
        marked={marked}
        note={noteOn(typed, results.length, search)}
        onPick={pick}
      />
      {children}
    </Dialog>
  )
}

function useAcquaintances(): readonly Person[] {
  const viewer = useViewer()
  const { cache } = useApolloClient()
  const { conversations } = useConversations()
  return useMemo(
    () => acquaintances(conversations ?? [], { viewerId: viewer.id, membersOf: (id) => membersOf(cache, id) }),
    [conversations, viewer.id, cache],
  )
}

/** What is said of a search for people. */
function noteOn(typed: string, count: number, { isSearching, isUnreachable }: FoundPeople): string | null {
  if (isUnreachable) return 'People cannot be searched right now. Try again in a moment.'
  if (count > 0) return null
  if (typed === '') return 'Type the beginning of a name.'
  return isSearching ? 'Searching…' : `No person with the name “${typed}” was found.`
}
