import { ApolloClient, ApolloLink } from '@apollo/client'
import { HttpLink } from '@apollo/client/link/http'
import { ErrorLink } from '@apollo/client/link/error'
import { RetryLink } from '@apollo/client/link/retry'
import { OperationTypeNode } from 'graphql'
import { EMPTY, from, switchMap, tap } from 'rxjs'
import { people, peopleIn } from '../people/people'
import { refreshSession } from '../session/refresh'
import { createCache } from './cache'
import { failureOf } from './errors'

/** Signing in answers UNAUTHENTICATED for reasons of its own. */
const unguarded = new Set(['LogIn', 'Register'])

/** UNAUTHENTICATED over HTTP: refresh once and ask again. */
const renewLink = new ErrorLink(({ error, operation, forward }) => {
  if (failureOf(error).code !== 'UNAUTHENTICATED') return
  if (unguarded.has(operation.operationName ?? '') || operation.getContext().renewed === true) return
  return from(refreshSession()).pipe(
    switchMap((outcome) => {
      operation.setContext({ renewed: true })
      // When the session has ended the screen changes, and nobody waits for this answer any more.
      return outcome === 'ended' ? EMPTY : forward(operation)
    }),
  )
})

/** Queries wait for the gateway to come back; mutations are left to their callers, who know whether they may repeat. */
const patientLink = new RetryLink({
  delay: { initial: 400, max: 5_000, jitter: true },
  attempts: {
    max: Infinity,
    retryIf: (error, operation) =>
      operation.operationType === OperationTypeNode.QUERY && failureOf(error).code === 'NETWORK',
  },
})

/** Whatever was asked, the names in the answer are remembered. */
const namesLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(tap(({ data }) => people.learn(peopleIn(data)))),
)

/** Queries and mutations; streams go past it (live.ts). One origin: the browser only ever speaks to where the page came from. */
export function createApolloClient(): ApolloClient {
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    headers: { 'apollo-require-preflight': 'true' },
  })
  return new ApolloClient({
    link: ApolloLink.from([namesLink, renewLink, patientLink, http]),
    cache: createCache(),
  })
}
