import { DomainError, isErrorCategory, isErrorCode } from '@parley/kernel/errors'
import type { GraphQLFormattedError } from 'graphql'

/** The errors with which a subgraph refuses a whole subscription: they keep their code and message if they have a code. */
export function toldBySubgraph([first]: readonly GraphQLFormattedError[]): Error {
  const { category, code } = first?.extensions ?? {}
  const isTold = isErrorCategory(category) && isErrorCode(code) && code !== 'GRAPHQL_VALIDATION_FAILED'
  if (first !== undefined && isTold) return new DomainError(category, code, first.message)
  return new Error(`A subgraph refused a subscription: ${first?.message ?? 'no reason'}`)
}
