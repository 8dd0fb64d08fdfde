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

export const later = refusalOf('temporary', 'UNAVAILABLE', 'This operation cannot be planned at the moment; try again.')

export const tooMany = (): Refusal =>
  refusalOf('temporary', 'RATE_LIMITED', 'Too many new operations at once. Wait a moment and send this one again.')

/** Clients that have the text send it when they get this code. */
export const unknownId = refusalOf(
  'input',
  'PERSISTED_QUERY_NOT_FOUND',
  'The server does not know an operation with this id. Send its text too, or reload the client.',
)

export const onlyTrusted = refusalOf(
  'input',
  'PERSISTED_QUERY_REQUIRED',
  'This server runs only operations that were registered with it, and this is none of them. Reload the client, or ask the operator to add the operation to the trusted documents.',
)

export const idUnreadable = refusalOf(
  'input',
  'INVALID_INPUT',
  'An operation is named by extensions.persistedQuery: {version: 1, sha256Hash}.',
)

export const otherText = refusalOf(
  'input',
  'INVALID_INPUT',
  'The text of this operation is not the one that its id names.',
)

export const nothingSent = refusalOf(
  'input',
  'INVALID_INPUT',
  'Send an operation (query) or the id of a registered one.',
)

/**
 * Not counted against the caller: a correct client of an older or newer release gets these while a deployment is under
 * way, and they cost a lookup.
 */
const blameless = new Set<Refusal>([later, unknownId, onlyTrusted])

export const isBlameless = (refusal: Refusal): boolean => blameless.has(refusal)
