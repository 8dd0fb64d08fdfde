import { DomainError, type ErrorCategory } from '@parley/kernel/errors'
import { GraphQLError, type Source } from 'graphql'
import type { Fault } from './planning.worker'

/** Why a document is not executed; never empty. */
export type Refusal = readonly GraphQLError[]

export const refusalOf = (category: ErrorCategory, code: string, message: string): Refusal => [
  new GraphQLError(message, { originalError: new DomainError(category, code, message) }),
]

export const invalid = (faults: readonly Fault[], source: Source): Refusal =>
  faults.map(
    ({ message, positions }) =>
      new GraphQLError(message, { source, positions, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
  )

export const malformed = ({ message, source, positions }: GraphQLError): Refusal => [
  new GraphQLError(message, { source, positions, extensions: { code: 'GRAPHQL_PARSE_FAILED' } }),
]

export const exhausting = (): Refusal =>
  refusalOf('input', 'OPERATION_TOO_COMPLEX', 'This operation takes too long to plan. Ask for less at a time.')

export const unplannable = (): Refusal =>
  refusalOf('input', 'GRAPHQL_VALIDATION_FAILED', 'This operation cannot be planned. Write it in another way.')

/** The only refusal that is not the fault of the document or its caller. */
export const later = refusalOf('temporary', 'UNAVAILABLE', 'This operation cannot be planned at the moment; try again.')

export const tooMany = (): Refusal =>
  refusalOf('temporary', 'RATE_LIMITED', 'Too many new operations at once. Wait a moment and send this one again.')
