import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws'
import { WebSocket } from 'ws'

export interface Answer<Data = Record<string, unknown>> {
  readonly data?: Data | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

export type Variables = Readonly<Record<string, unknown>>

/**
 * A client of a subgraph: HTTP for queries and mutations, one socket for all subscriptions.
 */
export class SubgraphClient {
  readonly #socket: Client

  constructor(private readonly address: string) {
    const url = `${address.replace(/^http/, 'ws')}/graphql`
    this.#socket = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 })
  }

  /** `token` is an access token, null for an anonymous caller. */
  async send<Data = Record<string, unknown>>(
    token: string | null,
    query: string,
    variables: Variables = {},
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer<Data>
  }

  /** The results of a subscription, one by one. `next()` rejects with the list of errors when it fails. */
  follow<Data = Record<string, unknown>>(
    token: string | null,
    query: string,
    variables: Variables = {},
  ): AsyncIterableIterator<FormattedExecutionResult<Data, unknown>> {
    const extensions = token === null ? {} : { authorization: `Bearer ${token}` }
    return this.#socket.iterate<Data>({ query, variables, extensions })
  }

  /** The statuses of /health/live and /health/ready. */
  health(): Promise<readonly number[]> {
    return Promise.all(['live', 'ready'].map(async (path) => (await fetch(`${this.address}/health/${path}`)).status))
  }

  async close(): Promise<void> {
    await this.#socket.dispose()
  }
}

/** The code of the first error; undefined when there is none. */
export const codeOf = ({ errors }: Answer<unknown>): string | undefined => errors?.[0]?.extensions.code
