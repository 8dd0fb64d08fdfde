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
 * An error as the log shows it: from a whitelist, because drivers hang queries, their parameters and whole documents on theirs,
 * and some write them into the message.
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

/** Of any realm, as tests and drivers have them. */
const isErrorLike = (value: unknown): value is Error =>
  typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'

/**
 * Drizzle ends its message with the parameters, MongoDB with the key that exists already, PostgreSQL with the text that it could
 * not read or the row that does not fit.
 */
export function withoutValues(message: string): string {
  return message
    .replace(/\nparams:[^]*$/, '\nparams: (left out)')
    .replace(/dup key: \{[^]*$/, 'dup key: (left out)')
    .replace(/(invalid input [^:]*|out of range[^:]*): "[^]*$/, '$1: (left out)')
    .replace(/(Failing row contains|Key) \([^]*$/, '$1 (left out)')
}

/** The first line of a stack is the message once more. */
const framesOf = (stack: string | undefined): string =>
  (stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
