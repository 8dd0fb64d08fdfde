import { randomUUID } from 'node:crypto'
import { Logger } from '@nestjs/common'
import { DomainError, type ErrorCategory, isErrorCategory, isErrorCode } from '@parley/kernel/errors'
import { isOutage, unavailable } from '@parley/platform/failures'
import { rootCause } from '@parley/platform/graphql/graphql-error'
import { currentRequestId } from '@parley/platform/logging/request-context'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { limits } from '../limits'

const logger = new Logger('Errors')

interface Described {
  readonly category: ErrorCategory
  readonly code: string
  readonly message: string
}

/** Codes of Apollo Server and the gateway package for invalid requests, and the codes that clients get instead. */
const ofTheRequest: Readonly<Record<string, string>> = {
  BAD_USER_INPUT: 'INVALID_INPUT',
  BAD_REQUEST: 'INVALID_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
  INVALID_GRAPHQL: 'GRAPHQL_VALIDATION_FAILED',
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
}

/** graphql-js rejects a long document with a syntax error of this wording. */
const tooManyTokens = /contains more tha[nt] \d+ tokens/
const stackOverflow = /^(Syntax Error: )?Maximum call stack size exceeded/
const tooDeep: Described = {
  category: 'input',
  code: 'OPERATION_TOO_COMPLEX',
  message: 'This operation is nested too deeply. Ask for less at a time.',
}
const tooLong: Described = {
  category: 'input',
  code: 'OPERATION_TOO_COMPLEX',
  message: `An operation may have at most ${limits.tokens.toLocaleString('en')} tokens. Split it into several.`,
}

const incremental = /^Unknown directive "@(defer|stream)"/
const notIncremental: Described = {
  category: 'input',
  code: 'GRAPHQL_VALIDATION_FAILED',
  message: 'Answers come as a whole here: leave out @defer and @stream.',
}

/** A subgraph that rejects our own plan as invalid runs another version: not the caller's fault. */
const neverTheCallers = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
])

/**
 * The one place where errors leave the gateway, over HTTP and over WebSocket: message, category, code, path and request
 * id. An error that was not written for clients is logged and replaced by a reference.
 */
export function shapeError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { category, code, message } = describe(formatted, error)
  const requestId = currentRequestId()
  const { path, locations } = formatted
  return {
    message,
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined || isFromSubgraph(formatted) ? {} : { locations }),
    extensions: { category, code, ...(requestId === undefined ? {} : { requestId }) },
  }
}

/** The same for an error that has not been formatted yet. */
export function shapeGraphQLError(error: GraphQLError): GraphQLFormattedError {
  return shapeError(error.toJSON(), error)
}

function describe(formatted: GraphQLFormattedError, error: unknown): Described {
  const cause = rootCause(error)
  if (cause instanceof DomainError) return cause
  const { message, extensions: { category, code } = {} } = formatted
  if (isFromSubgraph(formatted)) {
    const isTold = isErrorCategory(category) && isErrorCode(code) && !neverTheCallers.has(code)
    return isTold ? { category, code, message } : unexpected(error)
  }
  if (isOutage(cause)) {
    logger.warn({ err: cause }, 'A neighbour does not answer')
    return unavailable(cause)
  }
  if (stackOverflow.test(message)) return tooDeep
  if (code === 'GRAPHQL_PARSE_FAILED' && tooManyTokens.test(message)) return tooLong
  if (incremental.test(message)) return notIncremental
  const known = typeof code === 'string' ? ofTheRequest[code] : undefined
  if (known !== undefined) return { category: 'input', code: known, message }
  // A graphql-js error without a path is about the request, for instance about its variables.
  if (cause instanceof GraphQLError && cause.path === undefined && cause.extensions['code'] === undefined) {
    return { category: 'input', code: 'INVALID_INPUT', message: cause.message }
  }
  return unexpected(error)
}

function unexpected(error: unknown): Described {
  const reference = randomUUID()
  logger.error({ err: error, reference }, 'Unexpected failure')
  return { category: 'defect', code: 'INTERNAL', message: `Something went wrong on our side (reference ${reference}).` }
}

/** The gateway package marks errors of a subgraph with its name. */
const isFromSubgraph = (formatted: GraphQLFormattedError): boolean =>
  formatted.extensions?.['serviceName'] !== undefined
