import { parseSetCookie } from 'cookie'
import { createClient } from 'graphql-ws'
import type { Client as SocketClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { Stream } from './stream.ts'

export interface GraphQLFailure {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions?: { readonly category?: string; readonly code?: string; readonly requestId?: string }
}

export interface GraphQLAnswer<Data> {
  readonly data?: Data | null
  readonly errors?: readonly GraphQLFailure[]
}

/** An error that a person can correct, in the payload of a mutation. */
export interface UserError {
  readonly code: string
  readonly message: string
  /** The field of the input, if the error is about one. */
  readonly field?: string
}

/** The errors of any field of an answer: empty where it is no payload, or errors were not selected. */
export const userErrorsOf = (field: unknown): readonly UserError[] =>
  (field as { readonly errors?: readonly UserError[] } | null)?.errors ?? []

export interface Person {
  readonly username: string
  readonly displayName: string
  readonly password: string
}

/** A user's client: HTTP and WebSocket through the gateway, with the cookies that a browser would keep. */
export class Client {
  readonly url: string
  readonly cookies: Map<string, string>
  userId = ''
  /** The timeout of a request. */
  patienceMs = 30_000
  #socket: SocketClient | null = null

  /** `cookies` may be shared with other clients of the same session, which then renew it for each other. */
  constructor(url: string, cookies = new Map<string, string>()) {
    this.url = url
    this.cookies = cookies
  }

  static async register(url: string, person: Person): Promise<Client> {
    const client = new Client(url)
    const { register } = await client.must<{ register: { user: { id: string } } }>(
      'mutation ($input: RegisterInput!) { register(input: $input) { user { id } errors { code message } } }',
      { input: person },
    )
    client.userId = register.user.id
    return client
  }

  async logIn(username: string, password: string): Promise<void> {
    const { logIn } = await this.must<{ logIn: { user: { id: string } } }>(
      'mutation ($input: LogInInput!) { logIn(input: $input) { user { id } errors { code message } } }',
      { input: { username, password } },
    )
    this.userId = logIn.user.id
  }

  get cookieHeader(): string {
    return [...this.cookies].map((pair) => pair.join('=')).join('; ')
  }

  /** Another tab of the same session: the same cookies and its own socket. */
  anotherTab(): Client {
    const tab = new Client(this.url)
    for (const [name, value] of this.cookies) tab.cookies.set(name, value)
    tab.userId = this.userId
    return tab
  }

  async gql<Data>(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer<Data>> {
    const response = await this.post(JSON.stringify({ query, variables }))
    return (await response.json()) as GraphQLAnswer<Data>
  }

  /** The data; throws the errors of the answer, or of a mutation's payload if the query selects them. */
  async must<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.gql<Data>(query, variables)
    if (errors !== undefined || data === null || data === undefined)
      throw new Error(JSON.stringify(errors ?? 'no data'))
    const refused = Object.values(data).flatMap(userErrorsOf)
    if (refused.length > 0) throw new Error(JSON.stringify(refused))
    return data
  }

  /** The code of the first error, or null when there is none. */
  async codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string | null> {
    const { errors } = await this.gql(query, variables)
    return errors === undefined ? null : (errors[0]?.extensions?.code ?? 'none')
  }

  async post(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url, cookie: this.cookieHeader, ...headers },
      body,
      signal: AbortSignal.timeout(this.patienceMs),
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    return response
  }

  subscribe<Data>(
    query: string,
    variables: Record<string, unknown> = {},
    extensions: Record<string, unknown> = {},
  ): Stream<GraphQLAnswer<Data>> {
    this.#socket ??= this.#open()
    const socket = this.#socket
    return new Stream((sink) =>
      socket.subscribe<Data>(
        { query, variables, extensions },
        {
          next: (value) => sink.next(value),
          error: (error) => sink.error(error),
          complete: () => sink.complete(),
        },
      ),
    )
  }

  async close(): Promise<void> {
    await this.#socket?.dispose()
    this.#socket = null
  }

  /** Without retries: a test sees what happens to a stream. */
  #open(): SocketClient {
    const headers = { cookie: this.cookieHeader, origin: this.url }
    class Browser extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols, { headers })
      }
    }
    return createClient({ url: `${this.url.replace(/^http/, 'ws')}/graphql`, webSocketImpl: Browser, retryAttempts: 0 })
  }

  #keep(line: string): void {
    const { name, value, maxAge } = parseSetCookie(line)
    if (value && maxAge !== 0) this.cookies.set(name, value)
    else this.cookies.delete(name)
  }
}
