interface DescribedError {
  readonly type: string
  readonly message: string
  readonly stack: string
  readonly code?: string | number
  readonly cause?: DescribedError
  readonly errors?: readonly DescribedError[]
}

const deepest = 5

/**
 * An error for the log, built from a whitelist: drivers attach queries, their parameters and whole documents to errors,
 * and some put them into the message.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!isErrorLike(error)) return { type: typeof error, message: 'Not an error', stack: '' }
  const message = withoutValues(error.message)
  const { cause, errors } = error as { cause?: unknown; errors?: unknown }
  const code = (error as { code?: unknown }).code
  return {
    type: error.name,
    message,
    stack: framesOf(error.stack),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(isErrorLike(cause) && depth < deepest ? { cause: describeError(cause, depth + 1) } : {}),
    ...(Array.isArray(errors) && depth < deepest
      ? { errors: errors.slice(0, deepest).map((one) => describeError(one, depth + 1)) }
      : {}),
  }
}

/** Of any realm, as in tests and drivers. */
const isErrorLike = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'

/**
 * Drizzle appends the parameters to its message, MongoDB the duplicate key, PostgreSQL the text that it could not parse
 * or the row that violates a constraint.
 */
export function withoutValues(message: string): string {
  return message
    .replace(/\nparams:[^]*$/, '\nparams: (left out)')
    .replace(/dup key: \{[^]*$/, 'dup key: (left out)')
    .replace(/(invalid input [^:]*|out of range[^:]*): "[^]*$/, '$1: (left out)')
    .replace(/(Failing row contains|Key) \([^]*$/, '$1 (left out)')
}

/** The first line of a stack repeats the message. */
const framesOf = (stack: string | undefined): string =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
