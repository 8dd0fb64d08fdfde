import { ApolloClient, ApolloLink } from '@apollo/client'
import { HttpLink } from '@apollo/client/link/http'
import { ErrorLink } from '@apollo/client/link/error'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { RetryLink } from '@apollo/client/link/retry'
import { OperationTypeNode } from 'graphql'
import { EMPTY, from, switchMap, tap } from 'rxjs'
import { people, peopleIn } from '../people/people'
import { refreshSession } from '../session/refresh'
import { createCache } from './cache'
import { idOf } from './document-ids'
import { failureOf } from './errors'

/** For these operations UNAUTHENTICATED does not mean an expired session. */
const unguarded = new Set(['LogIn', 'Register'])

/** UNAUTHENTICATED over HTTP: refresh once and retry. */
const renewLink = new ErrorLink(({ error, operation, forward }) => {
  if (failureOf(error).code !== 'UNAUTHENTICATED') return
  if (unguarded.has(operation.operationName ?? '') || operation.getContext().renewed === true) return
  return from(refreshSession()).pipe(
    switchMap((outcome) => {
      operation.setContext({ renewed: true })
      // When the session has ended the screen changes, and this answer is not needed any more.
      return outcome === 'ended' ? EMPTY : forward(operation)
    }),
  )
})

/**
 * Queries are retried until the gateway is back; mutations are left to their callers, who know whether a retry is safe.
 */
const patientLink = new RetryLink({
  delay: { initial: 400, max: 5_000, jitter: true },
  attempts: {
    max: Infinity,
    retryIf: (error, operation) =>
      operation.operationType === OperationTypeNode.QUERY && failureOf(error).code === 'NETWORK',
  },
})

/** Sends ids instead of texts. A server that does not know an id, or no ids at all, is sent the text. */
const idsLink = new PersistedQueryLink({
  generateHash: idOf,
  retry: ({ meta }) => meta.persistedQueryNotFound || meta.persistedQueryNotSupported,
})

/** Stores the names in every answer. */
const namesLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(tap(({ data }) => people.learn(peopleIn(data)))),
)

/**
 * Queries and mutations; streams do not use it (live.ts). One origin: the browser only connects to the server of the
 * page.
 */
export function createApolloClient(): ApolloClient {
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    headers: { 'apollo-require-preflight': 'true' },
  })
  return new ApolloClient({
    link: ApolloLink.from([namesLink, renewLink, patientLink, idsLink, http]),
    cache: createCache(),
  })
}
