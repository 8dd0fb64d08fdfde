import type { ApolloClient } from '@apollo/client'
import type { Client } from 'graphql-ws'
import { connectionStore } from '../../lib/graphql/connection'
import { Failure, failureOf, isTemporary, noAnswer, sentenceOf } from '../../lib/graphql/errors'
import { followLive } from '../../lib/graphql/live'
import { isNameless, isPerson } from '../../lib/people/people'
import { missingPeopleOf } from '../../lib/people/missing-people'
import type { TimelineEventPartsFragment } from './__generated__/timeline'
import {
  AddReactionDocument,
  DeleteMessageDocument,
  EditMessageDocument,
  HistoryDocument,
  RemoveReactionDocument,
  SendMessageDocument,
  TimelineDocument,
} from './__generated__/timeline'
import type { DeletionOutcome, DeletionRequest } from './model/deletion-store'
import type { EditOutcome, EditRequest } from './model/edit-store'
import { isLine, messageOf, type TimelineEvent, timelineEvent } from './model/events'
import type { ReactionOutcome } from './model/reaction-store'
import type { ReactionWish } from './model/reactions'
import type { OutboxItem } from './model/outbox-state'
import type { TimelineSource } from './model/timeline-source'
import type { SendOutcome } from './outbox/outbox'

/**
 * The timeline over GraphQL, without Apollo's cache: a log keyed by seq needs rules that a normalised cache does not
 * have.
 */
export function graphqlTimelineSource(apollo: ApolloClient, socket: Client): TimelineSource {
  const missing = missingPeopleOf(apollo)
  const read = (parts: readonly TimelineEventPartsFragment[]): TimelineEvent[] => {
    const events = parts.map(timelineEvent)
    for (const person of events.flatMap((event): unknown[] => Object.values(event)))
      if (isPerson(person) && isNameless(person)) void missing.want(person.id)
    for (const event of events) {
      const deletedById = messageOf(event)?.deletedById
      if (deletedById) void missing.want(deletedById)
    }
    return events
  }
  return {
    history: async (conversationId, before, last) => {
      const { data, error } = await apollo
        .query({
          query: HistoryDocument,
          variables: { conversationId, before, last },
          fetchPolicy: 'no-cache',
          errorPolicy: 'all',
        })
        .catch((cause: unknown) => Promise.reject(failureOf(cause)))
      if (!data?.timeline) throw error === undefined ? new Failure('state', 'NOT_FOUND') : failureOf(error)
      const { hasEarlier, headSeq, conversation } = data.timeline
      const events = read(data.timeline.events).filter(isLine)
      return {
        page: { events, hasEarlier, headSeq, isLatest: before === null },
        readLine: conversation?.readLine ?? 0,
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
          if (timeline) sink.frame({ headSeq: timeline.headSeq, events: read(timeline.events) })
        },
        ended: (failure) => sink.ended(failure),
      })
    },
    connected: () => connectionStore.get() === 'connected',
  }
}

/** Sends one message; never throws. */
export async function sendMessage(apollo: ApolloClient, item: OutboxItem): Promise<SendOutcome> {
  const { clientId, conversationId, text } = item
  try {
    const { data, error } = await apollo.mutate({
      mutation: SendMessageDocument,
      variables: { input: { clientId, conversationId, text } },
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

/** Saves one edit; never throws. */
export async function editMessage(apollo: ApolloClient, input: EditRequest): Promise<EditOutcome> {
  try {
    const { data, error } = await apollo.mutate({
      mutation: EditMessageDocument,
      variables: { input },
      fetchPolicy: 'no-cache',
      errorPolicy: 'all',
    })
    const answer = data?.editMessage
    if (answer?.event) return { conversationId: answer.event.conversationId, event: timelineEvent(answer.event) }
    if (answer && answer.errors.length > 0) return { problem: sentencesOf(answer.errors) }
    return { problem: sentenceOf(error === undefined ? noAnswer() : failureOf(error)) }
  } catch (error) {
    return { problem: sentenceOf(failureOf(error)) }
  }
}

/** Adds or removes one reaction; never throws. */
export async function setReaction(apollo: ApolloClient, wish: ReactionWish): Promise<ReactionOutcome> {
  const { isAdded, ...input } = wish
  const options = { variables: { input }, fetchPolicy: 'no-cache', errorPolicy: 'all' } as const
  try {
    const added = isAdded ? await apollo.mutate({ mutation: AddReactionDocument, ...options }) : null
    const removed = isAdded ? null : await apollo.mutate({ mutation: RemoveReactionDocument, ...options })
    const answer = added?.data?.addReaction ?? removed?.data?.removeReaction
    const error = added?.error ?? removed?.error
    if (answer && answer.errors.length > 0) return { kind: 'refused', reason: sentencesOf(answer.errors) }
    if (answer) {
      const event = answer.event === null ? null : timelineEvent(answer.event)
      return { kind: 'done', event, message: answer.message }
    }
    return error === undefined ? { kind: 'unknown' } : outcomeOf(failureOf(error))
  } catch (error) {
    return outcomeOf(failureOf(error))
  }
}

/** Deletes one message; never throws. */
export async function deleteMessage(apollo: ApolloClient, input: DeletionRequest): Promise<DeletionOutcome> {
  try {
    const { data, error } = await apollo.mutate({
      mutation: DeleteMessageDocument,
      variables: { input },
      fetchPolicy: 'no-cache',
      errorPolicy: 'all',
    })
    const answer = data?.deleteMessage
    if (answer?.event) return { event: timelineEvent(answer.event) }
    if (answer && answer.errors.length > 0) return { problem: sentencesOf(answer.errors) }
    return { problem: sentenceOf(error === undefined ? noAnswer() : failureOf(error)) }
  } catch (error) {
    return { problem: sentenceOf(failureOf(error)) }
  }
}

const sentencesOf = (errors: readonly { readonly message: string }[]): string =>
  errors.map(({ message }) => message).join(' ')
