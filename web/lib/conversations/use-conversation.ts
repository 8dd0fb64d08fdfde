'use client'

import { skipToken, useFragment, useQuery } from '@apollo/client/react'
import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { MembersPartsFragmentDoc } from '../graphql/__generated__/fragments'
import { ConversationByIdDocument } from './__generated__/conversations'
import type { Members } from './conversation-cache'
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

/** Who is in a conversation; null while that is not known: it comes when one is opened. */
export function useMembers(conversationId: string): Members | null {
  const { data, dataState } = useFragment({
    fragment: MembersPartsFragmentDoc,
    fragmentName: 'MembersParts',
    from: { __typename: 'Conversation', id: conversationId },
  })
  return dataState === 'complete' ? data.members : null
}
