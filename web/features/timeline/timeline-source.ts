import type { ApolloClient } from '@apollo/client'
import { print } from 'graphql'
import type { Client, FormattedExecutionResult } from 'graphql-ws'
import { connectionStore } from '../../lib/graphql/connection'
import { Failure, failureOf, failureOfErrors, isTemporary, noAnswer, sentenceOf } from '../../lib/graphql/errors'
import type { TimelineEventPartsFragment, TimelineSubscription } from './__generated__/timeline'
import { HistoryDocument, SendMessageDocument, TimelineDocument } from './__generated__/timeline'
import { PersonByIdDocument } from '../../lib/people/__generated__/people'
import { MissingPeople } from '../../lib/people/missing-people'
import { people, type Person, personOf } from '../../lib/people/people'
import type { MessageEvent, TimelineEvent } from './model/events'
import type { OutboxItem } from './model/outbox-state'
import type { TimelineSource } from './model/timeline-source'
import type { SendOutcome } from './outbox/outbox'

const timelineQuery = print(TimelineDocument)

/** The timeline over GraphQL. Apollo's cache is left out: a log keyed by seq wants rules that a normalised cache does not have. */
export function graphqlTimelineSource(apollo: ApolloClient, socket: Client): TimelineSource {
  const missing = new MissingPeople({
    people,
    load: async (id) => {
      const { data } = await apollo.query({ query: PersonByIdDocument, variables: { id }, fetchPolicy: 'no-cache' })
      return data?.user ?? null
    },
  })
  const read = (events: readonly TimelineEventPartsFragment[]): TimelineEvent[] => {
    for (const id of events.flatMap(unnamedIn)) void missing.want(id)
    return events.map(timelineEvent)
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
      const { events, hasEarlier, headSeq, conversation } = data.timeline
      return { page: { hasEarlier, headSeq, events: read(events) }, readSeq: conversation?.readSeq ?? 0 }
    },
    follow: (conversationId, cursor, sink) => {
      // graphql-ws writes the payload out again on every reconnect, so a getter makes each one resume at the present cursor.
      const variables = {
        conversationId,
        get after() {
          return cursor()
        },
      }
      const next = ({ data, errors }: FormattedExecutionResult<TimelineSubscription, unknown>) => {
        // A frame with errors lacks names, which are known or come later; without a frame the errors are all there is.
        const frame = data?.timeline
        if (frame) sink.frame({ headSeq: frame.headSeq, events: read(frame.events) })
        else if (errors?.length) sink.ended(failureOfErrors(errors))
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
    const { data, error } = await apollo.mutate({
      mutation: SendMessageDocument,
      variables: { input: { clientId, conversationId, text } },
      fetchPolicy: 'no-cache',
      errorPolicy: 'all',
    })
    const event = data?.sendMessage && timelineEvent(data.sendMessage.event)
    if (event?.type === 'message') return { kind: 'accepted', event }
    return error === undefined ? { kind: 'unknown' } : outcomeOf(failureOf(error))
  } catch (error) {
    return outcomeOf(failureOf(error))
  }
}

function outcomeOf(failure: Failure): SendOutcome {
  if (isTemporary(failure) || failure.code === 'UNAUTHENTICATED') return { kind: 'unknown' }
  return { kind: 'refused', reason: sentenceOf(failure) }
}

function streamFailure(error: unknown): Failure {
  return Array.isArray(error) ? failureOfErrors(error) : noAnswer()
}

/** The ids of those whose names did not come with the event. */
function unnamedIn(event: TimelineEventPartsFragment): string[] {
  const unnamed = event.actor === null ? [event.actorId] : []
  return 'member' in event && event.member === null ? [...unnamed, event.memberId] : unnamed
}

/** Names that come with events are remembered for those that will not. */
function person(id: string, heard: Person | null): Person {
  if (heard !== null) people.learn([heard])
  return personOf(id, heard)
}

/** Whitelists what the client keeps of an event. */
export function timelineEvent(event: TimelineEventPartsFragment): TimelineEvent {
  const { seq, at } = event
  const actor = person(event.actorId, event.actor)
  switch (event.__typename) {
    case 'MessageSent': {
      const { id, clientId, text } = event.message
      return { type: 'message', seq, at, actor, messageId: id, clientId, text } satisfies MessageEvent
    }
    case 'ConversationStarted':
      return { type: 'started', seq, at, actor, title: event.startedTitle }
    case 'MemberJoined':
      return { type: 'joined', seq, at, actor, member: person(event.memberId, event.member) }
    case 'MemberLeft':
      return { type: 'left', seq, at, actor, member: person(event.memberId, event.member) }
    case 'TitleChanged':
      return { type: 'renamed', seq, at, actor, title: event.newTitle }
    default:
      return event satisfies never
  }
}
