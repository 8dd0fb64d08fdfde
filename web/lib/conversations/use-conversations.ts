'use client'

import type { ApolloCache } from '@apollo/client'
import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect, useMemo } from 'react'
import { onConnected } from '../graphql/connection'
import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import type { ConversationsQuery } from './__generated__/conversations'
import { BadgeDocument, ConversationsDocument } from './__generated__/conversations'
import { byActivity } from './conversation-name'

const first = 25
const variables = { first }
/** How soon to ask again for what a subgraph that was down could not tell. */
const mendAfter = 5_000

export interface Conversations {
  /** Latest activity first; null while nothing is known yet. */
  readonly conversations: readonly ConversationPartsFragment[] | null
  readonly failed: boolean
}

/** The viewer's conversations as the cache knows them. */
export function useConversations(): Conversations {
  const { data, error } = useQuery(ConversationsDocument, { variables, errorPolicy: 'all' })
  const edges = data?.conversations?.edges
  const conversations = useMemo(() => edges?.map((edge) => edge.node).sort(byActivity) ?? null, [edges])
  return { conversations, failed: error !== undefined && conversations === null }
}

/** Keeps the list true: further pages, live changes, and everything that was missed while the connection was gone. Mounted once. */
export function useLiveConversations(): void {
  const apollo = useApolloClient()
  const { data, error, refetch, fetchMore } = useQuery(ConversationsDocument, { variables, errorPolicy: 'all' })

  const page = data?.conversations?.pageInfo
  useEffect(() => {
    if (!page?.hasNextPage) return
    void fetchMore({ variables: { after: page.endCursor }, updateQuery: joined }).catch(() => undefined)
  }, [page?.hasNextPage, page?.endCursor, fetchMore])

  useEffect(() => {
    if (error === undefined) return
    const timer = setTimeout(() => void refetch().catch(() => undefined), mendAfter)
    return () => clearTimeout(timer)
  }, [error, refetch])

  useEffect(() => onConnected(() => void refetch().catch(() => undefined)), [refetch])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stop = () => {}
    const start = () => {
      const again = () => {
        timer = setTimeout(start, mendAfter)
      }
      const stream = apollo.subscribe({ query: BadgeDocument }).subscribe({
        next: ({ data: update }) => {
          const conversation = update?.badge?.conversation
          if (conversation) addConversation(apollo.cache, conversation)
        },
        error: again,
        complete: again,
      })
      stop = () => stream.unsubscribe()
    }
    start()
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [apollo])
}

/** Puts a conversation that the list does not have yet into it; one that it has is updated by the normalised cache alone. */
export function addConversation(cache: ApolloCache, conversation: ConversationPartsFragment): void {
  cache.updateQuery({ query: ConversationsDocument, variables }, (known) => {
    if (!known?.conversations) return known
    const { edges } = known.conversations
    if (edges.some((edge) => edge.node.id === conversation.id)) return known
    const edge = { __typename: 'ConversationEdge' as const, cursor: conversation.id, node: conversation }
    return { ...known, conversations: { ...known.conversations, edges: [edge, ...edges] } }
  })
}

function joined(known: ConversationsQuery, more: { fetchMoreResult: ConversationsQuery }): ConversationsQuery {
  const next = more.fetchMoreResult.conversations
  if (!known.conversations || !next) return known
  const ids = new Set(known.conversations.edges.map((edge) => edge.node.id))
  const fresh = next.edges.filter((edge) => !ids.has(edge.node.id))
  return { ...known, conversations: { ...next, edges: [...known.conversations.edges, ...fresh] } }
}
