import type { ApolloClient } from '@apollo/client'
import { print } from '@apollo/client/utilities'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { Client } from 'graphql-ws'
import { people, peopleIn } from '../people/people'
import { besideText, extensionsOf, nameOf } from './document-ids'
import { type Failure, failureOfErrors, noAnswer } from './errors'

export interface LiveSink<Data> {
  data(data: Data): void
  /** The stream has ended; null when the server ended it without an error. */
  ended(failure: Failure | null): void
}

/** The dependencies of a subscription: the socket, and the cache that transforms documents. */
export interface LiveClient {
  readonly apollo: Pick<ApolloClient, 'cache'>
  readonly socket: Pick<Client, 'subscribe'>
}

/**
 * Follows a stream without Apollo, which would read the variables only once: graphql-ws serializes them at every
 * reconnect, so a getter among them resumes from the current cursor.
 */
export function followLive<Data, Variables extends Record<string, unknown>>(
  { apollo, socket }: LiveClient,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  sink: LiveSink<Data>,
): () => void {
  const operation = { operationName: nameOf(document), variables }
  const subscribe = (
    sent: { query: string; extensions?: Record<string, unknown> },
    triesText: (code: string) => boolean,
  ) =>
    socket.subscribe<Data>(
      { ...operation, ...sent },
      {
        next: ({ data, errors }) => {
          people.learn(peopleIn(data))
          const isEmpty = data === null || data === undefined || Object.values(data).every((field) => field === null)
          // A frame with errors lacks names, which are known or come later; without a frame the errors are the failure.
          if (!isEmpty) sink.data(data)
          else if (errors?.length) sink.ended(failureOfErrors(errors))
        },
        error: (error) => {
          const failure = Array.isArray(error) ? failureOfErrors(error) : noAnswer()
          if (!triesText(failure.code)) sink.ended(failure)
        },
        complete: () => sink.ended(null),
      },
    )
  /** The protocol demands a text: an empty one with the id alone. */
  let stop = subscribe({ query: '', extensions: extensionsOf(document) }, (code) => {
    const beside = besideText(document, code)
    if (beside === null) return false
    stop = subscribe({ ...beside, query: print(apollo.cache.transformDocument(document)) }, () => false)
    return true
  })
  return () => stop()
}
