'use client'

import { useRouter } from 'next/navigation'
import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { Dialog } from '../../components/dialog'
import { conversationName } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'
import type { Result } from './finder-result'
import { optionId } from './finder-result'
import { ChosenPeople } from './chosen-people'
import { FinderFoot } from './finder-foot'
import { FinderResults } from './finder-results'
import { usePeople } from './use-people'
import { useStartConversation } from './use-start-conversation'

const listId = 'finder-results'

/** Finds people to talk to, or an existing conversation. */
export function Finder({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<readonly PersonPartsFragment[]>([])
  const [marked, setMarked] = useState(0)
  const { start, starting, problem } = useStartConversation(onClose)
  const query = typed.trim()
  const { people, searching, unreachable } = usePeople(query)
  const results = useResults(query, people, chosen)

  const pick = (result: Result) => {
    if (result.kind === 'conversation') {
      onClose()
      router.push(`/c/${result.id}`)
      return
    }
    setChosen([...chosen, result.person])
    setTyped('')
    setMarked(0)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const result = results[marked]
    if (step !== undefined) {
      event.preventDefault()
      setMarked(Math.max(0, Math.min(results.length - 1, marked + step)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (result !== undefined) pick(result)
      else if (query === '' && chosen.length === 1) void start(chosen, title)
    } else if (event.key === 'Backspace' && typed === '') setChosen(chosen.slice(0, -1))
  }

  return (
    <Dialog title="New conversation" onClose={onClose}>
      <div className="px-5">
        <ChosenPeople people={chosen} onRemove={(id) => setChosen(chosen.filter((person) => person.id !== id))} />
        <input
          role="combobox"
          aria-label="Find people"
          aria-expanded={results.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={results.length > 0 ? optionId(marked) : undefined}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setMarked(0)
          }}
          onKeyDown={onKeyDown}
          placeholder={chosen.length === 0 ? 'Type a name' : 'Add another person'}
          className="h-11 w-full rounded-lg border border-line-strong bg-raised px-3 text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-1 focus-visible:-outline-offset-2 sm:text-md"
        />
      </div>
      <FinderResults
        id={listId}
        results={results}
        marked={marked}
        query={query}
        searching={searching}
        unreachable={unreachable}
        onPick={pick}
      />
      <FinderFoot
        count={chosen.length}
        title={title}
        onTitle={setTitle}
        starting={starting}
        problem={problem}
        onStart={() => void start(chosen, title)}
      />
    </Dialog>
  )
}

/** People first; conversations only while no person is selected, because then a new conversation is wanted. */
function useResults(
  query: string,
  people: readonly PersonPartsFragment[],
  chosen: readonly PersonPartsFragment[],
): readonly Result[] {
  const { conversations } = useConversations()
  const needle = query.toLocaleLowerCase()
  const matching = (conversations ?? []).filter(
    (conversation) => chosen.length === 0 && conversationName(conversation).toLocaleLowerCase().includes(needle),
  )
  return [
    ...people
      .filter((person) => !chosen.some(({ id }) => id === person.id))
      .map((person): Result => ({ kind: 'person', id: person.id, person })),
    ...matching
      .slice(0, query === '' ? 6 : 4)
      .map((conversation): Result => ({ kind: 'conversation', id: conversation.id, conversation })),
  ]
}
