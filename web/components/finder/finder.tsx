'use client'

import type { KeyboardEvent, ReactNode } from 'react'
import { useState } from 'react'
import type { ConversationPartsFragment, PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { usePeople } from '../../lib/people/use-people'
import { Dialog } from '../dialog'
import { ChosenPeople } from './chosen-people'
import { FinderField } from './finder-field'
import type { Result } from './finder-result'
import { FinderResults } from './finder-results'

const listId = 'finder-results'

interface Props {
  readonly title: string
  readonly chosen: readonly PersonPartsFragment[]
  readonly onChosen: (chosen: readonly PersonPartsFragment[]) => void
  /** Why a person cannot be chosen; null for those who can. */
  readonly noteOf?: (id: string) => string | null
  /** What is found besides people, and what happens to it. */
  readonly conversationsFor?: (query: string) => readonly ConversationPartsFragment[]
  readonly onConversation?: (id: string) => void
  /** Enter, when nothing is typed. */
  readonly onDone: () => void
  readonly onClose: () => void
  /** What is below the results. */
  readonly children: ReactNode
}

/** A dialog in which one finds people by their names and chooses some. */
export function Finder(props: Props) {
  const { title, chosen, onChosen, noteOf, conversationsFor, onConversation, onDone, onClose, children } = props
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const query = typed.trim()
  const { people, searching, unreachable } = usePeople(query)
  const results: readonly Result[] = [
    ...people
      .filter((person) => !chosen.some(({ id }) => id === person.id))
      .map((person) => ({ kind: 'person' as const, id: person.id, person, note: noteOf?.(person.id) ?? null })),
    ...(conversationsFor?.(query) ?? []).map((conversation) => ({
      kind: 'conversation' as const,
      id: conversation.id,
      conversation,
    })),
  ]

  const change = (text: string) => {
    setTyped(text)
    setMarked(0)
  }
  const pick = (result: Result) => {
    if (result.kind === 'conversation') onConversation?.(result.id)
    else if (result.note === null) {
      onChosen([...chosen, result.person])
      change('')
    }
  }
  const onKey = (event: KeyboardEvent) => {
    const result = results[marked]
    if (event.key === 'Enter') {
      event.preventDefault()
      if (result !== undefined) pick(result)
      else if (query === '') onDone()
    } else if (event.key === 'Backspace' && typed === '') onChosen(chosen.slice(0, -1))
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <div className="px-5">
        <ChosenPeople people={chosen} onRemove={(id) => onChosen(chosen.filter((person) => person.id !== id))} />
        <FinderField
          label="Find people"
          placeholder={chosen.length === 0 ? 'Type a name' : 'Add another person'}
          listId={listId}
          count={results.length}
          marked={marked}
          onMark={setMarked}
          text={typed}
          onText={change}
          onKey={onKey}
        />
      </div>
      <FinderResults
        id={listId}
        label="People and conversations"
        results={results}
        marked={marked}
        nothing={nothingFound(query, searching, unreachable)}
        onPick={pick}
      />
      {children}
    </Dialog>
  )
}

function nothingFound(query: string, searching: boolean, unreachable: boolean): string {
  if (query === '') return 'Type the beginning of a name.'
  if (searching) return 'Searching…'
  return unreachable
    ? 'People cannot be searched right now. Try again in a moment.'
    : `No person with the name “${query}” was found.`
}
