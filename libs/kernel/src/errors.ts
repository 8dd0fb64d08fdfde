/**
 * Who can mend a failure. The list is closed: clients, the gateway and every subgraph decide by it.
 * - `input`: the request is wrong; sending it again as it is will not help.
 * - `auth`: sign in (again), or ask somebody who may.
 * - `state`: the request was fine, the state of the world was not.
 * - `temporary`: the same request may succeed later.
 * - `unknown`: the write may have been done or not; the same request with the same client id tells.
 * - `defect`: ours.
 */
export const errorCategories = ['input', 'auth', 'state', 'temporary', 'unknown', 'defect'] as const

export type ErrorCategory = (typeof errorCategories)[number]

const codeShape = /^[A-Z][A-Z0-9_]{1,63}$/

export const isErrorCategory = (value: unknown): value is ErrorCategory =>
  (errorCategories as readonly unknown[]).includes(value)

/** Codes are open, and only their shape is agreed on: a subgraph may make a new one without anybody else being deployed. */
export const isErrorCode = (value: unknown): value is string => typeof value === 'string' && codeShape.test(value)

/**
 * A failure that is part of the product: its message is written for the person who reads it and is shown as it is. It has no
 * stack, because it is an answer and no defect, and reading a stack through source maps costs more than all the rest of one.
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

/** What one field that was sent lacks, as a sentence for the person who typed it. */
export interface FieldFault {
  readonly field: string
  readonly code: string
  readonly message: string
}

/** Fields that do not hold what they should: all faults at once. */
export class InvalidFields extends DomainError {
  constructor(readonly faults: readonly FieldFault[]) {
    super('input', codeOf(faults), faults.map(({ message }) => message).join(' '))
  }
}

const codeOf = ([first, ...more]: readonly FieldFault[]): string =>
  first === undefined || more.length > 0 ? 'INVALID_FIELD' : first.code
