'use client'

import type { ApolloClient } from '@apollo/client'
import { useApolloClient, useQuery } from '@apollo/client/react'
import type { Client } from 'graphql-ws'
import { useEffect, useMemo } from 'react'
import { noteBookmarksChanged } from '../bookmarks'
import { backoff } from '../backoff'
import { useSocket } from '../graphql/api-provider'
import { onConnected, onTryNow, reportStream } from '../graphql/connection'
import { failureOf, isTemporary } from '../graphql/errors'
import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { followLive } from '../graphql/live'
import { Keeper, onHidden } from '../device/keeper'
import { IdFetcher } from '../id-fetcher'
import { whenIdle } from '../idle'
import { missingPeopleOf } from '../people/missing-people'
import { people } from '../people/people'
import { Store } from '../store'
import { useStore } from '../use-store'
import { ConversationByIdDocument, ConversationsDocument, InboxDocument } from './__generated__/conversations'
import type { ConversationEdge, InboxEntry } from './conversation-cache'
import {
  addConversation,
  applyEntry,
  isListed,
  listVariables,
  removeConversations,
  showList,
  stateOf,
  tellsChanges,
  listedConversation,
  wholeList,
} from './conversation-cache'
import { byActivity } from './conversation-name'
import { Inbox } from './inbox'
import { keepList, keptListOf, takeBegun } from './kept-list'
import { inboxNews } from './inbox-news'
import { messageChanges } from './message-changes'
import { ListLoader, type ListPage, type ListStatus } from './list-loader'

export interface Conversations {
  /** Latest activity first; null while nothing is known yet. */
  readonly conversations: readonly ConversationPartsFragment[] | null
  /** Whether all of them are loaded. */
  readonly status: ListStatus
}

interface Live {
  readonly loader: ListLoader<ConversationEdge>
  readonly inbox: Inbox
  /** Fetches conversations by their ids. */
  readonly fetcher: IdFetcher
}

/** The list changes with every message. */
const keepAfter = 3_000

/** The rest of the list comes after what is seen and used first. */
const restAfter = 1_500
/** Of the API. */
const largestPage = 100

/** The list loader and inbox of this tab; null until the chat is mounted. */
const liveStore = new Store<Live | null>(null)
const idle = new Store<ListStatus>('loading')
const nothingUnread = new Store(0)

/** The viewer's conversations from the cache; renders again when a name changes. */
export function useConversations(): Conversations {
  const { data } = useQuery(ConversationsDocument, { variables: listVariables, fetchPolicy: 'cache-only' })
  const status = useStore<ListStatus>(useStore(liveStore)?.loader ?? idle)
  useStore(people)
  const edges = data?.conversations?.edges
  const conversations = useMemo(() => edges?.map((edge) => edge.node).sort(byActivity) ?? null, [edges])
  return { conversations, status }
}

/** The unread lines of the viewer in all conversations together. */
export function useUnreadCount(): number {
  return useStore<number>(useStore(liveStore)?.inbox ?? nothingUnread)
}

/** The number of threads that the viewer follows and that have something unread. */
export function useUnreadThreads(): number {
  return useStore<number>(useStore(liveStore)?.inbox.unreadThreads ?? nothingUnread)
}

/** A number that grows when one of these threads has changed. */
export function useThreadNews(): number {
  return useStore<number>(useStore(liveStore)?.inbox.threadNews ?? nothingUnread)
}

/** Retries failed pages at once. */
export const retryConversations = (): void => liveStore.get()?.loader.retry()

/** Asks for a conversation and its members, until there is an answer. */
export const refreshConversation = (id: string): void => void liveStore.get()?.fetcher.want(id)

/**
 * Keeps the list up to date: every page, live changes, and everything that was missed while disconnected; and keeps it
 * on the device. Mounted once.
 */
export function useLiveConversations(viewerId: string): void {
  const apollo = useApolloClient()
  const socket = useSocket()
  useEffect(() => {
    const fetcher = new IdFetcher({ fetch: (id) => loadConversation(apollo, id) })
    const loader = new ListLoader<ConversationEdge>({
      loadPage: (after) => loadPage(apollo, after),
      show: (edges, complete) => {
        for (const id of showList(apollo.cache, edges, complete)) void fetcher.want(id)
      },
      // What is on the screen is there: the open conversation goes first.
      breathe: (after) => (after === null && !isListed(apollo.cache) ? Promise.resolve() : whenIdle(restAfter)),
      pause: (failures) => backoff(failures, { longest: 60_000 }),
    })
    const inbox = inboxOf(apollo, socket, { loader, fetcher })
    liveStore.set({ loader, inbox, fetcher })
    const position = takeBegun(viewerId)
    if (position !== null) loader.skip()
    inbox.open(position)
    const table = keptListOf(viewerId)
    const keeper = new Keeper({
      waitMs: keepAfter,
      keep: () => {
        const upTo = loader.get() === 'complete' && fetcher.isIdle ? inbox.position : null
        if (upTo === null) keeper.note()
        else void keepList(table, apollo.cache, upTo)
      },
    })
    const stops = [
      apollo.cache.watch({
        ...wholeList,
        optimistic: false,
        callback: () => keeper.note(),
      }),
      loader.subscribe(() => keeper.note()),
      onHidden(() => keeper.flush()),
      onTryNow(() => inbox.hurry()),
      onConnected(() => {
        if (loader.get() === 'failed') loader.retry()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      keeper.drop()
      inbox.close()
      loader.stop()
      liveStore.set(null)
    }
  }, [apollo, socket, viewerId])
}

function inboxOf(apollo: ApolloClient, socket: Client, { loader, fetcher }: Omit<Live, 'inbox'>): Inbox {
  const { cache } = apollo
  const missing = missingPeopleOf(apollo)
  return new Inbox({
    follow: (cursor, sink) => {
      const variables = {
        get after() {
          return cursor()
        },
      }
      return followLive({ apollo, socket }, InboxDocument, variables, {
        data: ({ inbox }) => {
          if (inbox) sink.data(inbox)
          if (inbox?.bookmarksChanged === true) noteBookmarksChanged()
        },
        ended: (failure) => sink.ended(failure),
      })
    },
    detailsOf: (id) => listedConversation(cache, id)?.detailsSeq,
    known: (id) => stateOf(cache, id),
    tell: (news) => inboxNews.set(news),
    apply: (entry: InboxEntry) => {
      const isChange = tellsChanges(cache, entry)
      applyEntry(cache, entry)
      if (isChange) messageChanges.set({ conversationId: entry.conversationId })
      if (entry.lastMessage) void missing.want(entry.lastMessage.authorId)
    },
    load: (id) => void fetcher.want(id),
    remove: (ids) => removeConversations(cache, ids),
    reload: () => loader.start(),
    report: (isLive) => reportStream('inbox', isLive),
  })
}

async function loadPage(apollo: ApolloClient, after: string | null): Promise<ListPage<ConversationEdge>> {
  const variables = after === null ? listVariables : { first: largestPage, after }
  const { data, error } = await apollo
    .query({ query: ConversationsDocument, variables, fetchPolicy: 'no-cache', errorPolicy: 'all' })
    .catch((cause: unknown) => Promise.reject(failureOf(cause)))
  const connection = data?.conversations
  if (!connection) throw failureOf(error)
  const { hasNextPage, endCursor } = connection.pageInfo
  return { edges: connection.edges, next: hasNextPage ? endCursor : null, partial: error !== undefined }
}

async function loadConversation(apollo: ApolloClient, id: string): Promise<void> {
  const { data, error } = await apollo
    .query({ query: ConversationByIdDocument, variables: { id }, fetchPolicy: 'no-cache', errorPolicy: 'all' })
    .catch((cause: unknown) => Promise.reject(failureOf(cause)))
  if (data?.conversation) addConversation(apollo.cache, data.conversation)
  else if (error !== undefined && isTemporary(failureOf(error))) throw failureOf(error)
  else removeConversations(apollo.cache, [id])
}
