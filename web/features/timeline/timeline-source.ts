import type { ApolloClient } from '@apollo/client'
import type { Client } from 'graphql-ws'
import { connectionStore } from '../../lib/graphql/connection'
import { Failure, failureOf, isTemporary, sentenceOf } from '../../lib/graphql/errors'
import { followLive } from '../../lib/graphql/live'
import { isNameless, isPerson, personOf } from '../../lib/people/people'
import { missingPeopleOf } from '../../lib/people/missing-people'
import type { TimelineEventPartsFragment } from './__generated__/timeline'
import { HistoryDocument, SendMessageDocument, ThreadDocument, TimelineDocument } from './__generated__/timeline'
import { isLine, type MessageEvent, messageOf, messagesOf, type TimelineEvent, timelineEvent } from './model/events'
import type { OutboxItem } from './model/outbox-state'
import { shownIn } from './model/threads'
import type { ThreadReader } from './model/thread-source'
import type { SendOutcome } from './outbox/outbox'

/**
 * The timeline over GraphQL, without Apollo's cache: a log keyed by seq needs rules that a normalised cache does not
 * have. `heard` is told of every event of a live stream.
 */
export function graphqlTimelineSource(
  apollo: ApolloClient,
  socket: Client,
  heard: (event: TimelineEvent) => void,
): ThreadReader {
  const missing = missingPeopleOf(apollo)
  const read = (parts: readonly TimelineEventPartsFragment[]): TimelineEvent[] => {
    const events = parts.map(timelineEvent)
    for (const person of events.flatMap((event): unknown[] => Object.values(event)))
      if (isPerson(person) && isNameless(person)) void missing.want(person.id)
    for (const event of events) {
      const deletedById = messageOf(event)?.deletedById
      if (deletedById) void missing.want(deletedById)
      for (const { thread } of messagesOf(event)) for (const id of shownIn(thread)) void missing.want(id)
    }
    return events
  }
  return {
    history: async (conversationId, place, count) => {
      const size = place.after === undefined ? { last: count } : { first: count }
      const { data, error } = await apollo
        .query({
          query: HistoryDocument,
          variables: { conversationId, ...place, ...size },
          fetchPolicy: 'no-cache',
          errorPolicy: 'all',
        })
        .catch((cause: unknown) => Promise.reject(failureOf(cause)))
      if (!data?.timeline) throw error === undefined ? new Failure('state', 'NOT_FOUND') : failureOf(error)
      const { hasEarlier, aroundLine, headSeq, conversation } = data.timeline
      const events = read(data.timeline.events).filter(isLine)
      return {
        page: { events, hasEarlier, headSeq, isLatest: Object.keys(place).length === 0 },
        aroundLine,
        readLine: conversation?.readLine ?? 0,
      }
    },
    thread: async (conversationId, rootId, { before, after, around }, count) => {
      const size = after === undefined ? { last: count } : { first: count }
      const { data, error } = await apollo
        .query({
          query: ThreadDocument,
          variables: { conversationId, rootId, before, after, around, ...size },
          fetchPolicy: 'no-cache',
          errorPolicy: 'all',
        })
        .catch((cause: unknown) => Promise.reject(failureOf(cause)))
      if (!data?.thread) throw error === undefined ? new Failure('state', 'NOT_FOUND') : failureOf(error)
      const { root, events, hasEarlier, headSeq, readLine } = data.thread
      const { author, authorId, sentAt: at, ...message } = root
      return {
        root: { author: personOf(authorId, author), at, message },
        page: {
          events: read(events) as MessageEvent[],
          hasEarlier,
          headSeq,
          isLatest: (before ?? after ?? around) === undefined,
        },
        aroundLine: around === undefined || root.thread === null ? null : Math.min(around, root.thread.lines),
        readLine,
      }
    },
    follow: (conversationId, cursor, sink) => {
      const variables = {
        conversationId,
        get after() {
          return cursor()
        },
      }
      return followLive({ apollo, socket }, TimelineDocument, variables, {
        data: ({ timeline }) => {
          if (!timeline) return
          const events = read(timeline.events)
          sink.frame({ headSeq: timeline.headSeq, events })
          for (const event of events) heard(event)
        },
        ended: (failure) => sink.ended(failure),
      })
    },
    connected: () => connectionStore.get() === 'connected',
  }
}

/** Sends one message; never throws. */
export async function sendMessage(apollo: ApolloClient, item: OutboxItem): Promise<SendOutcome> {
  const { clientId, conversationId, text, threadId = null, alsoInConversation = false } = item
  try {
    const { data, error } = await apollo.mutate({
      mutation: SendMessageDocument,
      variables: { input: { clientId, conversationId, text, threadId, alsoInConversation } },
      fetchPolicy: 'no-cache',
      errorPolicy: 'all',
    })
    const sent = data?.sendMessage
    if (sent && sent.errors.length > 0) return { kind: 'mendable', reason: sentencesOf(sent.errors) }
    const event = sent?.event && timelineEvent(sent.event)
    if (event?.type === 'MessageSent') return { kind: 'accepted', event }
    return error === undefined ? { kind: 'unknown' } : outcomeOf(failureOf(error))
  } catch (error) {
    return outcomeOf(failureOf(error))
  }
}

function outcomeOf(failure: Failure): { kind: 'unknown' } | { kind: 'refused'; reason: string } {
  if (isTemporary(failure) || failure.code === 'UNAUTHENTICATED') return { kind: 'unknown' }
  return { kind: 'refused', reason: sentenceOf(failure) }
}

export const sentencesOf = (errors: readonly { readonly message: string }[]): string =>
  errors.map(({ message }) => message).join(' ')
