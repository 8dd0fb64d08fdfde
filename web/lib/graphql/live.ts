import type { ApolloClient } from '@apollo/client'
import { print } from '@apollo/client/utilities'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { getOperationAST } from 'graphql'
import type { Client } from 'graphql-ws'
import { people, peopleIn } from '../people/people'
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
  const query = print(apollo.cache.transformDocument(document))
  const operationName = getOperationAST(document)?.name?.value ?? null
  return socket.subscribe<Data>(
    { operationName, query, variables },
    {
      next: ({ data, errors }) => {
        people.learn(peopleIn(data))
        const isEmpty = data === null || data === undefined || Object.values(data).every((field) => field === null)
        // A frame with errors lacks names, which are known or come later; without a frame the errors are the failure.
        if (!isEmpty) sink.data(data)
        else if (errors?.length) sink.ended(failureOfErrors(errors))
      },
      error: (error) => sink.ended(Array.isArray(error) ? failureOfErrors(error) : noAnswer()),
      complete: () => sink.ended(null),
    },
  )
}
