'use client'

import type { ApolloCache, ApolloClient } from '@apollo/client'
import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect, useMemo } from 'react'
import { backoff } from '../backoff'
import { lostStreams, onConnected, onTryNow, reportStream } from '../graphql/connection'
import { failureOf } from '../graphql/errors'
import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { people } from '../people/people'
import { Store } from '../store'
import { useStore } from '../use-store'
import type { ConversationsQuery } from './__generated__/conversations'
import { BadgeDocument, ConversationsDocument } from './__generated__/conversations'
import { byActivity } from './conversation-name'
import { ListLoader, type ListPage, type ListStatus } from './list-loader'

const first = 25
const variables = { first }
/** How soon the stream of changes is opened again after it ended. */
const reopenAfter = 5_000

type Connection = NonNullable<ConversationsQuery['conversations']>
type Edge = Connection['edges'][number]

export interface Conversations {
  /** Latest activity first; null while nothing is known yet. */
  readonly conversations: readonly ConversationPartsFragment[] | null
  /** Whether all of them are here. */
  readonly status: ListStatus
}

/** The one loader of this tab; null until the chat is on the screen. */
const loaderStore = new Store<ListLoader<Edge> | null>(null)
const idle = new Store<ListStatus>('loading')

/** The viewer's conversations as the cache knows them; renders again when a name is heard. */
export function useConversations(): Conversations {
  const { data } = useQuery(ConversationsDocument, { variables, fetchPolicy: 'cache-only' })
  const status = useStore<ListStatus>(useStore(loaderStore) ?? idle)
  useStore(people)
  const edges = data?.conversations?.edges
  const conversations = useMemo(() => edges?.map((edge) => edge.node).sort(byActivity) ?? null, [edges])
  return { conversations, status }
}

/** Asks at once for what could not be had. */
export const retryConversations = (): void => loaderStore.get()?.retry()

/** Keeps the list true: every page, live changes, and everything that was missed while the connection was gone. Mounted once. */
export function useLiveConversations(): void {
  const apollo = useApolloClient()
  useEffect(() => {
    const loader = new ListLoader<Edge>({
      loadPage: (after) => loadPage(apollo, after),
      show: (edges, complete) => show(apollo.cache, edges, complete),
      pause: (failures) => backoff(failures, { longest: 60_000 }),
    })
    loaderStore.set(loader)
    loader.start()
    const stop = onConnected(() => loader.start())
    return () => {
      stop()
      loader.stop()
      loaderStore.set(null)
    }
  }, [apollo])
  useEffect(() => followBadge(apollo), [apollo])
}

async function loadPage(apollo: ApolloClient, after: string | null): Promise<ListPage<Edge>> {
  const { data, error } = await apollo
    .query({ query: ConversationsDocument, variables: { first, after }, fetchPolicy: 'no-cache', errorPolicy: 'all' })
    .catch((cause: unknown) => Promise.reject(failureOf(cause)))
  const connection = data?.conversations
  if (!connection) throw failureOf(error)
  const { hasNextPage, endCursor } = connection.pageInfo
  return { edges: connection.edges, next: hasNextPage ? endCursor : null, partial: error !== undefined }
}

/** Writes what has come; until all has, what an earlier loading knew stays behind it. */
function show(cache: ApolloCache, edges: readonly Edge[], complete: boolean): void {
  cache.updateQuery({ query: ConversationsDocument, variables }, (known) => {
    const fresh = new Set(edges.map(({ node }) => node.id))
    const earlier = complete ? [] : (known?.conversations?.edges ?? []).filter(({ node }) => !fresh.has(node.id))
    const pageInfo = {
      __typename: 'PageInfo' as const,
      hasNextPage: !complete,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    const conversations = { __typename: 'ConversationConnection' as const, edges: [...edges, ...earlier], pageInfo }
    return { ...known, conversations }
  })
}

/** Something changed that cannot be told at the moment. A loader that is at it already will bring it. */
function askAgain(): void {
  const loader = loaderStore.get()
  if (loader?.get() === 'complete') loader.start()
}

/** The badge stream tells of every conversation that changes. */
function followBadge(apollo: ApolloClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}
  const start = () => {
    const again = () => {
      reportStream('badge', false)
      timer = setTimeout(start, reopenAfter)
    }
    const stream = apollo.subscribe({ query: BadgeDocument, errorPolicy: 'all' }).subscribe({
      next: ({ data: update }) => {
        if (!update?.badge) return
        reportStream('badge', true)
        const { conversation, conversationId } = update.badge
        if (conversation !== null) addConversation(apollo.cache, conversation)
        else if (conversationId !== null) askAgain()
      },
      error: again,
      complete: again,
    })
    stop = () => stream.unsubscribe()
  }
  const restart = () => {
    clearTimeout(timer)
    stop()
    start()
  }
  start()
  const stopHurry = onTryNow(() => {
    if (lostStreams.get().has('badge')) restart()
  })
  return () => {
    stopHurry()
    clearTimeout(timer)
    stop()
    reportStream('badge', true)
  }
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
