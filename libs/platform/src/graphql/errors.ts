import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { DomainError, type ErrorCode, isErrorCode } from '@parley/kernel/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { isOutage, unavailable } from '../failures'
import { currentRequestId } from '../logging/request-context'

const logger = new Logger('GraphQLErrors')

const ofApollo: Readonly<Record<string, ErrorCode>> = {
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
}

function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? rootCause(error.originalError) : error
}

/** The one place of a subgraph where failures become GraphQL errors: a sentence and a code from the list, nothing internal. */
export function toGraphQLError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = rootCause(error)
  const { message, code } = describe(formatted, cause)
  const requestId = currentRequestId()
  return {
    message,
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    extensions: { code, ...(requestId === undefined ? {} : { requestId }) },
  }
}

function describe(formatted: GraphQLFormattedError, cause: unknown): { message: string; code: ErrorCode } {
  if (cause instanceof DomainError) return cause
  if (isOutage(cause)) {
    logger.warn({ err: cause }, 'An engine or a neighbour does not answer')
    return unavailable(cause)
  }
  const code = formatted.extensions?.['code']
  const known = typeof code === 'string' ? (ofApollo[code] ?? code) : undefined
  // graphql-js's own errors (syntax, validation, coercion of variables) are about the request and safe to show.
  if (isErrorCode(known) && known !== 'INTERNAL') return { message: formatted.message, code: known }
  if (cause instanceof GraphQLError && cause.path === undefined)
    return { message: cause.message, code: 'GRAPHQL_VALIDATION_FAILED' }
  const reference = randomUUID()
  logger.error({ err: cause, reference }, 'Unexpected failure')
  return { message: `Something went wrong on our side (reference ${reference}).`, code: 'INTERNAL' }
}
