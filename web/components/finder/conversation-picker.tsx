'use client'

import type { KeyboardEvent } from 'react'
import { useMemo, useState } from 'react'
import { conversationName, conversationsNamed } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { Button } from '../button'
import { FinderField } from './finder-field'
import { resultOf } from './finder-result'
import { FinderResults } from './finder-results'
import { useResults } from './use-results'

const listId = 'conversation-results'

interface Props {
  /** What is done with the chosen one, by its name; null while none is chosen. */
  readonly action: (name: string | null) => string
  readonly autoFocus?: boolean
  readonly onChoose: (chosen: ConversationPartsFragment) => void
}

/** Chooses one of the viewer's conversations by its name. Nothing is chosen at first, so that no key does it by mistake. */
export function ConversationPicker({ action, autoFocus = false, onChoose }: Props) {
  const { conversations } = useConversations()
  const [text, setText] = useState('')
  const typed = text.trim()
  const found = useMemo(() => conversationsNamed(conversations ?? [], typed).map(resultOf), [conversations, typed])
  const { results, isCut, marked, mark, unmark } = useResults({ typed, found, marksFirst: typed !== '' })
  const result = results[marked]
  const target = result?.kind === 'conversation' ? result.conversation : undefined
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (target !== undefined) onChoose(target)
  }
  return (
    <>
      <div className="px-5">
        <FinderField
          label="Find a conversation"
          placeholder="Type a name"
          listId={listId}
          count={results.length}
          text={text}
          marked={marked}
          onText={(next) => {
            setText(next)
            unmark()
          }}
          onMark={mark}
          onKey={onKey}
          autoFocus={autoFocus}
        />
      </div>
      <FinderResults
        id={listId}
        label="Conversations"
        results={results}
        isCut={isCut}
        marked={marked}
        note={
          results.length > 0
            ? null
            : conversations === null
              ? 'Loading…'
              : `None of your conversations is called “${typed}”.`
        }
        onPick={({ id }) => mark(results.findIndex((other) => other.id === id))}
      />
      <div className="flex justify-end border-t border-line px-5 py-3">
        <Button
          className="max-w-full"
          disabled={target === undefined}
          onClick={() => {
            if (target !== undefined) onChoose(target)
          }}
        >
          <span className="min-w-0 truncate">{action(target === undefined ? null : conversationName(target))}</span>
        </Button>
      </div>
    </>
  )
}
