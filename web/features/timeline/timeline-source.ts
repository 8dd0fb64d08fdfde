import type { ApolloClient } from '@apollo/client'
import type { Client } from 'graphql-ws'
import { listedConversation } from '../../lib/conversations/conversation-cache'
import { connectionStore } from '../../lib/graphql/connection'
import { Failure, failureOf, failureOfField, isTemporary, sentenceOf } from '../../lib/graphql/errors'
import { followLive } from '../../lib/graphql/live'
import type { MembersPartsFragment } from '../../lib/graphql/__generated__/fragments'
import { isNameless, isPerson, personOf } from '../../lib/people/people'
import { missingPeopleOf } from '../../lib/people/missing-people'
import type { MarkedPartsFragment } from './__generated__/pins'
import type { TimelineEventPartsFragment } from './__generated__/timeline'
import {
  ForwardMessageDocument,
  HistoryDocument,
  OpenTimelineDocument,
  SendMessageDocument,
  ThreadDocument,
  TimelineDocument,
} from './__generated__/timeline'
import { isLine, type MessageEvent, messageOf, messagesOf, type TimelineEvent, timelineEvent } from './model/events'
import type { OutboxItem } from './model/outbox-state'
import { shownIn } from './model/threads'
import type { ThreadReader } from './model/thread-source'
import type { SendOutcome } from './outbox/outbox'

/** What the answer to the opening of a conversation tells of it; null for what it lacks. */
export interface Opened {
  readonly marked: MarkedPartsFragment | null
  readonly members: MembersPartsFragment | null
}

interface Ports {
  /** Is told of every event of a live stream. */
  readonly heard: (event: TimelineEvent) => void
  /** A conversation is asked for that is being opened. Returns what is called with the answer. */
  readonly opening: (conversationId: string) => (opened: Opened) => void
}

/**
 * The timeline over GraphQL, without Apollo's cache: a log keyed by seq needs rules that a normalised cache does not
 * have.
 */
export function graphqlTimelineSource(apollo: ApolloClient, socket: Client, { heard, opening }: Ports): ThreadReader {
  const missing = missingPeopleOf(apollo)
  const read = (parts: readonly TimelineEventPartsFragment[]): TimelineEvent[] => {
    const events = parts.map(timelineEvent)
    for (const person of events.flatMap((event): unknown[] => Object.values(event)))
      if (isPerson(person) && isNameless(person)) void missing.want(person.id)
    for (const event of events) {
      const deletedById = messageOf(event)?.deletedById
      if (deletedById) void missing.want(deletedById)
      for (const { thread, replyTo, forwardedFromId } of messagesOf(event))
        for (const id of [...shownIn(thread), replyTo?.authorId, forwardedFromId]) if (id) void missing.want(id)
    }
    return events
  }
  const open = async (conversationId: string, last: number) => {
    const tell = opening(conversationId)
    let opened: Opened = { marked: null, members: null }
    try {
      const { data, error } = await apollo
        .query({
          query: OpenTimelineDocument,
          variables: { conversationId, last },
          fetchPolicy: 'no-cache',
          errorPolicy: 'all',
        })
        .catch((cause: unknown) => Promise.reject(failureOf(cause)))
      if (!data?.timeline) throw failureOfField(error, 'timeline') ?? new Failure('state', 'NOT_FOUND')
      const { hasEarlier, headSeq, conversation } = data.timeline
      opened = { marked: conversation, members: data.conversation }
      const events = read(data.timeline.events).filter(isLine)
      return {
        page: { events, hasEarlier, headSeq, isLatest: true },
        aroundLine: null,
        readLine: conversation?.readLine ?? 0,
      }
    } finally {
      tell(opened)
    }
  }
  return {
    reading: (conversationId) => {
      const { readLine = null, unreadCount = null } = listedConversation(apollo.cache, conversationId) ?? {}
      return readLine === null || unreadCount === null ? null : { readLine, hasUnread: unreadCount > 0 }
    },
    history: async (conversationId, place, count) => {
      if (Object.keys(place).length === 0) return open(conversationId, count)
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
        page: { events, hasEarlier, headSeq, isLatest: false },
        aroundLine,
        readLine: conversation?.readLine ?? 0,
      }
    },
    thread: async (conversationId, rootId, { before, after, around, aroundMessage }, count) => {
      const size = after === undefined ? { last: count } : { first: count }
      const { data, error } = await apollo
        .query({
          query: ThreadDocument,
          variables: { conversationId, rootId, before, after, around, aroundMessage, ...size },
          fetchPolicy: 'no-cache',
          errorPolicy: 'all',
        })
        .catch((cause: unknown) => Promise.reject(failureOf(cause)))
      if (!data?.thread) throw error === undefined ? new Failure('state', 'NOT_FOUND') : failureOf(error)
      const { root, events, hasEarlier, headSeq, readLine } = data.thread
      const { author, sentAt: at, ...message } = root
      const replies = read(events) as MessageEvent[]
      const asked = replies.find(({ message: { id } }) => id === aroundMessage)?.message.threadLine ?? around
      return {
        root: { author: personOf(message.authorId, author), at, message },
        page: {
          events: replies,
          hasEarlier,
          headSeq,
          isLatest: (before ?? after ?? around ?? aroundMessage) === undefined,
        },
        aroundLine: asked === undefined || root.thread === null ? null : Math.min(asked, root.thread.lines),
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

/** Sends or forwards one message; never throws. */
export async function sendMessage(apollo: ApolloClient, item: OutboxItem): Promise<SendOutcome> {
  try {
    const { payload, error } = await (item.forwardOf === undefined ? send(apollo, item) : forward(apollo, item))
    if (payload && payload.errors.length > 0) {
      // No other text would help a forward: it is not the viewer's.
      const forwarded = payload.errors.some(({ code }) => isOver(item, code)) ? 'final' : 'refused'
      const kind = item.forwardOf === undefined ? 'mendable' : forwarded
      return { kind, reason: sentencesOf(payload.errors) }
    }
    const event = payload?.event && timelineEvent(payload.event)
    if (event?.type === 'MessageSent') return { kind: 'accepted', event }
    return error === undefined ? { kind: 'unknown' } : outcomeOf(item, failureOf(error))
  } catch (error) {
    return outcomeOf(item, failureOf(error))
  }
}

const options = { fetchPolicy: 'no-cache', errorPolicy: 'all' } as const

async function send(apollo: ApolloClient, item: OutboxItem) {
  const { clientId, conversationId, text, threadId = null, alsoInConversation = false, replyTo } = item
  const input = { clientId, conversationId, text, threadId, alsoInConversation, replyToId: replyTo?.id ?? null }
  const { data, error } = await apollo.mutate({ mutation: SendMessageDocument, variables: { input }, ...options })
  return { payload: data?.sendMessage, error }
}

async function forward(apollo: ApolloClient, { clientId, conversationId, forwardOf }: OutboxItem) {
  const input = { clientId, conversationId, messageId: forwardOf?.messageId ?? '' }
  const { data, error } = await apollo.mutate({ mutation: ForwardMessageDocument, variables: { input }, ...options })
  return { payload: data?.forwardMessage, error }
}

function outcomeOf(item: OutboxItem, failure: Failure): SendOutcome {
  if (isTemporary(failure) || failure.code === 'UNAUTHENTICATED') return { kind: 'unknown' }
  return { kind: isOver(item, failure.code) ? 'final' : 'refused', reason: sentenceOf(failure) }
}

/** What it forwards does not come back. */
const isOver = ({ forwardOf }: OutboxItem, code: string): boolean =>
  forwardOf !== undefined && (code === 'MESSAGE_DELETED' || code === 'NOT_FOUND')

export const sentencesOf = (errors: readonly { readonly message: string }[]): string =>
  errors.map(({ message }) => message).join(' ')
