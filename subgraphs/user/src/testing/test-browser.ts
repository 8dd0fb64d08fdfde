import { parseSetCookie } from 'cookie'

interface GraphQLAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

/**
 * Keeps cookies as a browser does and passes them on as the gateway does: the access token as a bearer, the other
 * cookies unchanged.
 */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  /** The Set-Cookie lines of the last answer. */
  lastSet: readonly string[] = []

  constructor(
    private readonly address: string,
    private readonly from = '203.0.113.7',
  ) {}

  async send(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer> {
    const access = this.cookies.get('parley_access')
    const passedOn = [...this.cookies].filter(([name]) => name !== 'parley_access')
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': this.from,
        ...(access === undefined ? {} : { authorization: `Bearer ${access}` }),
        ...(passedOn.length === 0 ? {} : { cookie: passedOn.map((pair) => pair.join('=')).join('; ') }),
      },
      body: JSON.stringify({ query, variables }),
    })
    this.#take(response.headers.getSetCookie())
    return (await response.json()) as GraphQLAnswer
  }

  #take(lines: readonly string[]): void {
    this.lastSet = lines
    for (const line of lines) {
      const { name, value } = parseSetCookie(line)
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
  }
}
