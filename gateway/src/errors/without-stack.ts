/**
 * Makes an error that is an answer and no defect, so that nobody asks where it was made. GraphQLError reads the stack of its
 * cause, and reading one through source maps costs more than all the rest of a refusal.
 */
export function withoutStack<Failure extends Error>(make: () => Failure): Failure {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return make()
  } finally {
    Error.stackTraceLimit = limit
  }
}
