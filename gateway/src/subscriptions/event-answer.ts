import { EncodedResult } from '@parley/federation/operation-sink'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'

/** An event that has been through the whole plan. */
export interface EventAnswer {
  /** As JSON; absent when there is none. */
  readonly data: string | undefined
  readonly errors: readonly GraphQLError[]
}

export function encode(
  { data, errors }: EventAnswer,
  shape: (errors: readonly GraphQLError[]) => readonly GraphQLFormattedError[],
): EncodedResult {
  const parts = [
    ...(errors.length === 0 ? [] : [`"errors":${JSON.stringify(shape(errors))}`]),
    ...(data === undefined ? [] : [`"data":${data}`]),
  ]
  return new EncodedResult(`{${parts.join(',')}}`)
}

/** The only field of a subscription is null. */
const empty = /^(null|\{"[^"]*":null\})$/

/** Nothing is left of the event, because of a subgraph that may be back soon. */
export const isLost = ({ data = 'null', errors }: EventAnswer): boolean =>
  errors.some(({ extensions }) => extensions['code'] === 'UNAVAILABLE') && empty.test(data)
