import { type DocumentNode, print } from 'graphql'
import { besideText, extensionsOf, nameOf } from '../graphql/document-ids'

/** The timeout of one request. */
const answerWithinMs = 8_000

export interface SessionAnswer<Data> {
  readonly data: Data | null
  /** The codes of its errors. */
  readonly codes: readonly (string | undefined)[]
}

/** Sends a request without Apollo, whose links depend on the session. Rejects when no answer of the API arrived. */
export async function askForSession<Data>(document: DocumentNode): Promise<SessionAnswer<Data>> {
  const operationName = nameOf(document)
  const answer = await request<Data>({ operationName, extensions: extensionsOf(document) })
  const beside = besideText(document, answer.codes[0])
  return beside === null ? answer : await request<Data>({ operationName, ...beside, query: print(document) })
}

async function request<Data>(body: object): Promise<SessionAnswer<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true' },
    body: JSON.stringify(body),
    // It is delivered even if the tab is closed right after.
    keepalive: true,
    signal: AbortSignal.timeout(answerWithinMs),
  })
  const { data, errors } = (await response.json()) as {
    data?: Data | null
    errors?: { extensions?: { code?: string } }[]
  }
  return { data: data ?? null, codes: errors?.map((error) => error.extensions?.code) ?? [] }
}

/**
 * One tab at a time. Web Locks exist only in secure contexts; with plain http on a local network tabs do not wait for
 * each other.
 */
export function inOneTab<Result>(lock: string, task: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? navigator.locks.request(lock, task) : task()
}
