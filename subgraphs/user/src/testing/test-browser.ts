interface GraphQLAnswer {
  readonly data: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

/** Keeps cookies as a browser does and passes them on as the gateway does: the access token as a bearer, the refresh cookie as it is. */
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
    const refresh = this.cookies.get('parley_refresh')
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': this.from,
        ...(access === undefined ? {} : { authorization: `Bearer ${access}` }),
        ...(refresh === undefined ? {} : { cookie: `parley_refresh=${refresh}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    this.#take(response.headers.getSetCookie())
    return (await response.json()) as GraphQLAnswer
  }

  #take(lines: readonly string[]): void {
    this.lastSet = lines
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
