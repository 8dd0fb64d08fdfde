import { GraphQLError } from 'graphql'

/** Wraps any failure as a GraphQL error, where only those are passed on; the failure is its `originalError`. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  const originalError = error instanceof Error ? error : new Error(String(error))
  return new GraphQLError(originalError.message, { originalError })
}

/** The error inside all wrappers of `asGraphQLError` and of graphql-js. */
export function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? rootCause(error.originalError) : error
}
