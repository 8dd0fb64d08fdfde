/**
 * Who can fix a failure. The list is closed: clients, the gateway and every subgraph depend on it.
 * - `input`: the request is wrong; sending it again unchanged will not help.
 * - `auth`: sign in (again), or get permission.
 * - `state`: the request was correct, but the current state does not allow it.
 * - `temporary`: the same request may succeed later.
 * - `unknown`: the write may have been done or not; a retry with the same client id is safe.
 * - `defect`: a bug on our side.
 */
export const errorCategories = ['input', 'auth', 'state', 'temporary', 'unknown', 'defect'] as const

export type ErrorCategory = (typeof errorCategories)[number]

const codeShape = /^[A-Z][A-Z0-9_]{1,63}$/

export const isErrorCategory = (value: unknown): value is ErrorCategory =>
  (errorCategories as readonly unknown[]).includes(value)

/** Codes are open, only their shape is fixed: a subgraph may add one without any other service being deployed. */
export const isErrorCode = (value: unknown): value is string => typeof value === 'string' && codeShape.test(value)

/**
 * A failure that is part of the product: its message is written for users and shown to them unchanged. It has no stack,
 * because it is an expected result and not a defect, and resolving a stack through source maps is the most expensive
 * part of an error.
 */
export class DomainError extends Error {
  constructor(
    readonly category: ErrorCategory,
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message, options)
    Error.stackTraceLimit = limit
    this.name = 'DomainError'
  }
}

/** What is wrong with one input field, as a sentence for the user. */
export interface FieldFault {
  readonly field: string
  readonly code: string
  readonly message: string
}

/** Invalid input fields: all faults at once. */
export class InvalidFields extends DomainError {
  constructor(readonly faults: readonly FieldFault[]) {
    super('input', codeOf(faults), faults.map(({ message }) => message).join(' '))
  }
}

const codeOf = ([first, ...more]: readonly FieldFault[]): string =>
  first === undefined || more.length > 0 ? 'INVALID_FIELD' : first.code
