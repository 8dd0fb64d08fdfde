import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { DomainError, type ErrorCategory } from '@parley/kernel/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { isOutage, unavailable } from '../failures'
import { currentRequestId } from '../logging/request-context'
import { rootCause } from './graphql-error'

const logger = new Logger('GraphQLErrors')

/** Codes of graphql-js and Apollo Server for invalid requests, and the codes that clients get instead. */
const ofTheRequest: Readonly<Record<string, string>> = {
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_TOO_COMPLEX: 'OPERATION_TOO_COMPLEX',
}

interface Described {
  readonly category: ErrorCategory
  readonly code: string
  readonly message: string
}

/**
 * The one place of a subgraph where failures become GraphQL errors: a message, a category and a code, nothing internal.
 */
export function toGraphQLError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = rootCause(error)
  const { message, category, code } = describe(formatted, cause)
  const requestId = currentRequestId()
  return {
    message,
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    extensions: { category, code, ...(requestId === undefined ? {} : { requestId }) },
  }
}

function describe(formatted: GraphQLFormattedError, cause: unknown): Described {
  if (cause instanceof DomainError) return cause
  if (isOutage(cause)) {
    logger.warn({ err: cause }, 'An engine or a neighbour does not answer')
    return unavailable(cause)
  }
  const code = formatted.extensions?.['code']
  const known = typeof code === 'string' ? ofTheRequest[code] : undefined
  // graphql-js's own errors (syntax, validation, coercion of variables) are about the request and safe to show.
  if (known !== undefined) return { category: 'input', code: known, message: formatted.message }
  if (cause instanceof GraphQLError && cause.path === undefined)
    return { category: 'input', code: 'GRAPHQL_VALIDATION_FAILED', message: cause.message }
  const reference = randomUUID()
  logger.error({ err: cause, reference }, 'Unexpected failure')
  return { category: 'defect', code: 'INTERNAL', message: `Something went wrong on our side (reference ${reference}).` }
}
