import { GraphQLError } from 'graphql'

/** Any failure as a GraphQL error, for the places where only those travel; what it was stays its `originalError`. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  const originalError = error instanceof Error ? error : new Error(String(error))
  return new GraphQLError(originalError.message, { originalError })
}

/** What `asGraphQLError`, or graphql-js itself, has wrapped, however often. */
export function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError !== undefined ? rootCause(error.originalError) : error
}
