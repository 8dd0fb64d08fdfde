import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors'

/** A failure as the client decides by it: a code of the API's one list, or `NETWORK` when no answer came at all. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    /** The server's sentence, written for the person who reads it; empty when there was no answer. */
    readonly sentence = '',
  ) {
    super(`${code} ${sentence}`)
    this.name = 'Failure'
  }
}

interface ErrorShape {
  readonly message: string
  readonly extensions?: { readonly code?: unknown }
}

/** Reads any rejection of the GraphQL client, whatever the HTTP status it came with. */
export function failureOf(error: unknown): Failure {
  if (CombinedGraphQLErrors.is(error)) return failureOfErrors(error.errors)
  if (ServerError.is(error)) return failureOfBody(error.bodyText) ?? new Failure('NETWORK')
  return error instanceof Failure ? error : new Failure('NETWORK')
}

/** Reads the `errors` of a GraphQL result. */
export function failureOfErrors(errors: readonly ErrorShape[]): Failure {
  const first = errors[0]
  const code = first?.extensions?.code
  return new Failure(typeof code === 'string' ? code : 'INTERNAL', first?.message)
}

function failureOfBody(body: string): Failure | null {
  try {
    const parsed = JSON.parse(body) as { errors?: readonly ErrorShape[] }
    return Array.isArray(parsed.errors) && parsed.errors.length > 0 ? failureOfErrors(parsed.errors) : null
  } catch {
    // A proxy's page and not the API's answer.
    return null
  }
}

/** The same request may succeed later without anybody changing it; its client id keeps it from being done twice. */
export function isTemporary(failure: Failure): boolean {
  return ['NETWORK', 'UNAVAILABLE', 'OUTCOME_UNKNOWN', 'RATE_LIMITED'].includes(failure.code)
}

/** A sentence to show, never empty. */
export function sentenceOf(failure: Failure): string {
  // The server's words are for programs: a person knows no client ids.
  if (failure.code === 'OUTCOME_UNKNOWN')
    return 'No answer came in time, so this may have worked. Try again to find out.'
  if (failure.sentence !== '') return failure.sentence
  return 'Parley cannot be reached at the moment. Check your connection and try again.'
}
