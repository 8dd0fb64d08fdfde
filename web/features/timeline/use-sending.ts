import { useApolloClient } from '@apollo/client/react'
import { cleaned } from '@parley/text/clean'
import { useState } from 'react'
import { membersOf } from '../../lib/conversations/members'
import type { Draft } from '../../lib/drafts'
import type { Quote } from './model/events'
import { toTokens } from './model/mention-names'
import { isSendable } from './model/message-text'
import { type GroupMention, useGroupMention } from './use-group-mention'

interface Sending {
  readonly draft: Draft
  /** `replyTo`: what it quotes; null for nothing. */
  readonly onSend: (text: string, replyTo: Quote | null) => void
  readonly onSent: () => void
}

/** Sends a draft with ids where its author sees names. `asked`: whom it would notify, before many are. */
export function useSending(conversationId: string, { draft, onSend, onSent }: Sending) {
  const { cache } = useApolloClient()
  const groupMention = useGroupMention(conversationId)
  const [asked, setAsked] = useState<GroupMention | null>(null)
  const send = (isConfirmed = false) => {
    const text = draft.get()
    if (!isSendable(text)) return
    const sent = toTokens(cleaned(text), membersOf(cache, conversationId))
    const many = isConfirmed ? null : groupMention(sent)
    setAsked(many)
    if (many !== null) return
    onSend(sent, draft.replyTo.get())
    draft.clear()
    onSent()
  }
  return { send, asked, cancel: () => setAsked(null) }
}
