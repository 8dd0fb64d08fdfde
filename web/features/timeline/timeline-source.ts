import type { ApolloClient } from '@apollo/client'
import { print } from 'graphql'
import type { Client, FormattedExecutionResult } from 'graphql-ws'
import { connectionStore } from '../../lib/graphql/connection'
import { Failure, failureOf, failureOfErrors, isTemporary, sentenceOf } from '../../lib/graphql/errors'
import type { TimelineEventPartsFragment, TimelineSubscription } from './__generated__/timeline'
import { HistoryDocument, SendMessageDocument, TimelineDocument } from './__generated__/timeline'
import type { MessageEvent, Person, TimelineEvent } from './model/events'
import type { OutboxItem } from './model/outbox-state'
import type { TimelineSource } from './model/timeline-source'
import type { SendOutcome } from './outbox/outbox'

const timelineQuery = print(TimelineDocument)

/** The timeline over GraphQL. Apollo's cache is left out: a log keyed by seq wants rules that a normalised cache does not have. */
export function graphqlTimelineSource(apollo: ApolloClient, socket: Client): TimelineSource {
  return {
    history: async (conversationId, before, last) => {
      const { data } = await apollo
        .query({ query: HistoryDocument, variables: { conversationId, before, last }, fetchPolicy: 'no-cache' })
        .catch((error: unknown) => Promise.reject(failureOf(error)))
      if (!data?.conversation) throw new Failure('NOT_FOUND')
      const { history, readSeq } = data.conversation
      if (!history) throw new Failure('UNAVAILABLE', 'The messages cannot be loaded at the moment.')
      return { page: { ...history, events: history.events.map(timelineEvent) }, readSeq: readSeq ?? 0 }
    },
    follow: (conversationId, cursor, sink) => {
      // graphql-ws writes the payload out again on every reconnect, so a getter makes each one resume at the present cursor.
      const variables = {
        conversationId,
        get after() {
          return cursor()
        },
      }
      const next = (result: FormattedExecutionResult<TimelineSubscription, unknown>) => {
        const frame = result.data?.timeline
        if (result.errors?.length) sink.ended(failureOfErrors(result.errors))
        else if (frame) sink.frame({ headSeq: frame.headSeq, events: frame.events.map(timelineEvent) })
      }
      return socket.subscribe<TimelineSubscription>(
        { operationName: 'Timeline', query: timelineQuery, variables },
        { next, error: (error) => sink.ended(streamFailure(error)), complete: () => sink.ended(null) },
      )
    },
    connected: () => connectionStore.get() === 'connected',
  }
}

/** Sends one message; never throws. */
export async function sendMessage(apollo: ApolloClient, item: OutboxItem): Promise<SendOutcome> {
  const { clientId, conversationId, text } = item
  try {
    const { data } = await apollo.mutate({
      mutation: SendMessageDocument,
      variables: { input: { clientId, conversationId, text } },
      fetchPolicy: 'no-cache',
    })
    const event = data?.sendMessage && timelineEvent(data.sendMessage.event)
    return event?.type === 'message' ? { kind: 'accepted', event } : { kind: 'unknown' }
  } catch (error) {
    const failure = failureOf(error)
    if (isTemporary(failure) || failure.code === 'UNAUTHENTICATED') return { kind: 'unknown' }
    return { kind: 'refused', reason: sentenceOf(failure) }
  }
}

function streamFailure(error: unknown): Failure {
  return Array.isArray(error) ? failureOfErrors(error) : new Failure('NETWORK')
}

function person({ id, username, displayName }: Person): Person {
  return { id, username, displayName }
}

/** Whitelists what the client keeps of an event. */
export function timelineEvent(event: TimelineEventPartsFragment): TimelineEvent {
  const { seq, at } = event
  const actor = person(event.actor)
  switch (event.__typename) {
    case 'MessageSent': {
      const { id, clientId, text } = event.message
      return { type: 'message', seq, at, actor, messageId: id, clientId, text } satisfies MessageEvent
    }
    case 'ConversationStarted':
      return { type: 'started', seq, at, actor, title: event.startedTitle }
    case 'MemberJoined':
      return { type: 'joined', seq, at, actor, member: person(event.member) }
    case 'MemberLeft':
      return { type: 'left', seq, at, actor, member: person(event.member) }
    case 'TitleChanged':
      return { type: 'renamed', seq, at, actor, title: event.newTitle }
    default:
      return event satisfies never
  }
}
