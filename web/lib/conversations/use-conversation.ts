'use client'

import { skipToken, useQuery } from '@apollo/client/react'
import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { ConversationByIdDocument } from './__generated__/conversations'
import { useConversations } from './use-conversations'

export interface OneConversation {
  /** Null while it is loading, and when the viewer cannot see it. */
  readonly conversation: ConversationPartsFragment | null
  readonly isPending: boolean
}

/** One conversation: from the list if it is there, else fetched. */
export function useConversation(conversationId: string): OneConversation {
  const { conversations } = useConversations()
  const listed = conversations?.find(({ id }) => id === conversationId)
  const isUnlisted = conversations !== null && listed === undefined
  const { data, error } = useQuery(
    ConversationByIdDocument,
    isUnlisted ? { variables: { id: conversationId }, errorPolicy: 'all' } : skipToken,
  )
  const conversation = listed ?? data?.conversation ?? null
  return { conversation, isPending: conversation === null && error === undefined && data?.conversation !== null }
}
