import { type DocumentNode, print } from 'graphql'

/** How long one answer may take. */
const answerWithinMs = 8_000

export interface SessionAnswer<Data> {
  readonly data: Data | null
  /** Codes of the errors that came with it. */
  readonly codes: readonly (string | undefined)[]
}

/** Asks without Apollo, whose links ask for the session themselves. Rejects when no answer came, or none of the API. */
export async function askForSession<Data>(operationName: string, document: DocumentNode): Promise<SessionAnswer<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true' },
    body: JSON.stringify({ operationName, query: print(document) }),
    // It arrives although the tab is closed the moment after.
    keepalive: true,
    signal: AbortSignal.timeout(answerWithinMs),
  })
  const { data, errors } = (await response.json()) as {
    data?: Data | null
    errors?: { extensions?: { code?: string } }[]
  }
  return { data: data ?? null, codes: errors?.map((error) => error.extensions?.code) ?? [] }
}

/** One tab at a time. Web Locks exist only in secure contexts; by plain http on a local network the tabs go without. */
export function inOneTab<Result>(lock: string, task: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? navigator.locks.request(lock, task) : task()
}
