'use client'

import { useState } from 'react'
import { Finder } from '../../components/finder/finder'
import { conversationsNamed } from '../../lib/conversations/conversation-name'
import { useConversations } from '../../lib/conversations/use-conversations'
import type { ConversationPartsFragment, PersonPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { openPlace } from '../../lib/navigate'
import { conversationPath } from '../../lib/place'
import { FinderFoot } from './finder-foot'
import { useStartConversation } from './use-start-conversation'

/** Finds people to talk to, or an existing conversation. */
export function NewConversationFinder({ onClose }: { readonly onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<readonly PersonPartsFragment[]>([])
  const { conversations } = useConversations()
  const { start, starting, problem } = useStartConversation(onClose)

  // None while a person is chosen, because then a new conversation is wanted.
  const conversationsFor = (query: string): readonly ConversationPartsFragment[] => {
    if (chosen.length > 0) return []
    return conversationsNamed(conversations ?? [], query).slice(0, query === '' ? 6 : 4)
  }

  return (
    <Finder
      title="New conversation"
      chosen={chosen}
      onChosen={setChosen}
      conversationsFor={conversationsFor}
      onConversation={(id) => {
        onClose()
        openPlace(conversationPath(id))
      }}
      onDone={() => {
        if (chosen.length === 1) void start(chosen, title)
      }}
      onClose={onClose}
    >
      <FinderFoot
        count={chosen.length}
        title={title}
        onTitle={setTitle}
        starting={starting}
        problem={problem}
        onStart={() => void start(chosen, title)}
      />
    </Finder>
  )
}
