/**
 * The one list of `extensions.code` values that a client of Parley can meet, with the category that says who can mend it.
 * - `input`: the request is wrong; sending it again as it is will not help.
 * - `auth`: sign in (again), or ask somebody who may.
 * - `state`: the request was fine, the state of the world was not.
 * - `temporary`: the same request may succeed later.
 * - `unknown`: the write may have been done or not; the same request with the same client id tells.
 * - `defect`: ours.
 */
export const errorCategories = {
  UNAUTHENTICATED: 'auth',
  FORBIDDEN: 'auth',
  NOT_FOUND: 'state',
  CONFLICT: 'state',
  INVALID_INPUT: 'input',
  MESSAGE_EMPTY: 'input',
  MESSAGE_TOO_LONG: 'input',
  CLIENT_ID_REUSED: 'input',
  CURSOR_AHEAD: 'input',
  PAYLOAD_TOO_LARGE: 'input',
  GRAPHQL_PARSE_FAILED: 'input',
  GRAPHQL_VALIDATION_FAILED: 'input',
  OPERATION_TOO_COMPLEX: 'input',
  PERSISTED_QUERY_NOT_FOUND: 'input',
  PERSISTED_QUERY_NOT_SUPPORTED: 'input',
  RATE_LIMITED: 'temporary',
  UNAVAILABLE: 'temporary',
  OUTCOME_UNKNOWN: 'unknown',
  INTERNAL: 'defect',
} as const

export type ErrorCode = keyof typeof errorCategories
export type ErrorCategory = (typeof errorCategories)[ErrorCode]

export const errorCodes = Object.keys(errorCategories) as readonly ErrorCode[]

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCategories, value)
}

/** A failure that is part of the product: its message is written for the person who reads it and is shown as it is. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'DomainError'
  }

  get category(): ErrorCategory {
    return errorCategories[this.code]
  }
}
