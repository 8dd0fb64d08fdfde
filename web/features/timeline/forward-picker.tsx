'use client'

import type { KeyboardEvent } from 'react'
import { useState } from 'react'
import { Button } from '../../components/button'
import { FinderField } from '../../components/finder/finder-field'
import { FinderResults } from '../../components/finder/finder-results'
import { conversationName, conversationsNamed } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { ConversationPartsFragment } from '../../lib/graphql/__generated__/fragments'

const listId = 'forward-results'

interface Props {
  readonly onForward: (to: ConversationPartsFragment) => void
}

/** Chooses one of the viewer's conversations by its name. Nothing is chosen at first, so that no key sends by mistake. */
export function ForwardPicker({ onForward }: Props) {
  const { conversations } = useConversations()
  const [typed, setTyped] = useState('')
  // Not its place: what is said meanwhile moves the conversations.
  const [markedId, setMarkedId] = useState<string | null>(null)
  const named = (text: string) => conversationsNamed(conversations ?? [], text.trim())
  const found = named(typed)
  const marked = found.findIndex(({ id }) => id === markedId)
  const target = found[marked]
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    if (target !== undefined) onForward(target)
  }
  return (
    <>
      <div className="px-5">
        <FinderField
          label="Find a conversation"
          placeholder="Type a name"
          listId={listId}
          count={found.length}
          text={typed}
          marked={marked}
          onText={(text) => {
            setTyped(text)
            setMarkedId(text.trim() === '' ? null : (named(text)[0]?.id ?? null))
          }}
          onMark={(index) => setMarkedId(found[index]?.id ?? null)}
          onKey={onKey}
        />
      </div>
      <FinderResults
        id={listId}
        label="Conversations"
        results={found.map((conversation) => ({ kind: 'conversation', id: conversation.id, conversation }))}
        marked={marked}
        nothing={conversations === null ? 'Loading…' : `None of your conversations is called “${typed.trim()}”.`}
        onPick={({ id }) => setMarkedId(id)}
      />
      <div className="flex justify-end border-t border-line px-5 py-3">
        <Button
          className="max-w-full"
          disabled={target === undefined}
          onClick={() => {
            if (target !== undefined) onForward(target)
          }}
        >
          <span className="min-w-0 truncate">
            {target === undefined ? 'Forward' : `Forward to ${conversationName(target)}`}
          </span>
        </Button>
      </div>
    </>
  )
}
