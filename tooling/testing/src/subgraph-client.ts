import { createClient } from 'graphql-ws'
import type { Client as SocketClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { GraphQLAnswer } from './client.ts'
import { Stream } from './stream.ts'

/** A client with an access token that calls a subgraph directly, without the gateway. */
export class SubgraphClient {
  readonly #url: string
  readonly #authorization: string
  readonly #socket: SocketClient

  constructor(url: string, accessToken: string) {
    this.#url = url
    this.#authorization = `Bearer ${accessToken}`
    const address = `${url.replace(/^http/, 'ws')}/graphql`
    this.#socket = createClient({ url: address, webSocketImpl: WebSocket, retryAttempts: 0 })
  }

  /** The code of the first error, or null when there is none. */
  async codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string | null> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: this.#authorization },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    })
    const { errors } = (await response.json()) as GraphQLAnswer<unknown>
    return errors === undefined ? null : (errors[0]?.extensions?.code ?? 'none')
  }

  subscribe<Data>(query: string, variables: Record<string, unknown> = {}): Stream<GraphQLAnswer<Data>> {
    return new Stream((sink) =>
      this.#socket.subscribe<Data>(
        { query, variables, extensions: { authorization: this.#authorization } },
        { next: (value) => sink.next(value), error: (error) => sink.error(error), complete: () => sink.complete() },
      ),
    )
  }

  async close(): Promise<void> {
    await this.#socket.dispose()
  }
}
