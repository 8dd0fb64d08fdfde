import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'

/**
 * A failure for the client's decisions: by its category, and by its code where the client handles one. `NETWORK`: no
 * answer arrived.
 */
export class Failure extends Error {
  constructor(
    readonly category: string,
    readonly code: string,
    /** The server's message, written for users; empty when there was no answer. */
    readonly sentence = '',
  ) {
    super(`${code} ${sentence}`)
    this.name = 'Failure'
  }
}

interface ErrorShape {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly category?: unknown; readonly code?: unknown }
}

/** Converts any rejection of the GraphQL client, with any HTTP status. */
export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error)) return failureOfErrors(error.errors)
  if (ServerError.is(error)) return failureOfBody(error.bodyText) ?? noAnswer()
  return error instanceof Failure ? error : noAnswer()
}

/** Why one of several fields is not there that were asked for; null when only others failed, or nothing did. */
export function failureOfField(error: unknown, field: string): Failure | null {
  if (error === undefined) return null
  if (!CombinedGraphQLErrors.is(error)) return failureOf(error)
  const own = error.errors.filter(({ path }) => path === undefined || path[0] === field)
  return own.length > 0 ? failureOfErrors(own) : null
}

export const noAnswer = (): Failure => new Failure('temporary', 'NETWORK')

/** Converts the `errors` of a GraphQL result. */
export function failureOfErrors(errors: readonly ErrorShape[]): Failure {
  const first = errors[0]
  const { category, code } = first?.extensions ?? {}
  const isTold = typeof category === 'string' && typeof code === 'string'
  return isTold ? new Failure(category, code, first?.message) : new Failure('defect', 'INTERNAL', first?.message)
}

function failureOfBody(body: string): Failure | null {
  try {
    const parsed = JSON.parse(body) as { errors?: readonly ErrorShape[] }
    return Array.isArray(parsed.errors) && parsed.errors.length > 0 ? failureOfErrors(parsed.errors) : null
  } catch {
    // The page of a proxy, not an answer of the API.
    return null
  }
}

/** The same request may succeed later without a change; its client id keeps it from being done twice. */
export function isTemporary(failure: Failure): boolean {
  return failure.category === 'temporary' || failure.category === 'unknown'
}

/** A message to show, never empty. */
export function sentenceOf(failure: Failure): string {
  // The server's message is for programs: users do not know client ids.
  if (failure.category === 'unknown') return 'No answer came in time, so this may have worked. Try again to find out.'
  // For programs too: to a user it means that the page is of another release than the server.
  if (failure.code === 'PERSISTED_QUERY_REQUIRED') return 'There is a new version of Parley. Reload the page to use it.'
  if (failure.sentence !== '') return failure.sentence
  return 'Parley cannot be reached at the moment. Check your connection and try again.'
}
