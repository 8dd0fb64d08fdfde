import type { ApolloClient } from '@apollo/client'
import { BookmarkedIdsDocument, PinnedIdsDocument } from './__generated__/pins'
import type { MarkedState } from './model/mark-store'

const options = { fetchPolicy: 'no-cache', errorPolicy: 'all' } as const

/** Null while they cannot be read; never throws. */
export async function pinnedIds(apollo: ApolloClient, conversationId: string): Promise<readonly MarkedState[] | null> {
  try {
    const { data } = await apollo.query({ query: PinnedIdsDocument, variables: { conversationId }, ...options })
    return data?.conversation?.pinnedMessages ?? null
  } catch {
    return null
  }
}

/** Null while they cannot be read; never throws. */
export async function bookmarkedIds(apollo: ApolloClient, conversationId: string): Promise<readonly string[] | null> {
  try {
    const { data } = await apollo.query({ query: BookmarkedIdsDocument, variables: { conversationId }, ...options })
    return data?.conversation?.bookmarkedIds ?? null
  } catch {
    return null
  }
}
