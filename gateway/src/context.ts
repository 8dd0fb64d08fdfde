/** What goes with every operation to the subgraphs. */
export interface GatewayContext {
  readonly requestId: string
  /** `Bearer …`, present only when the token was good at this moment; subgraphs verify it again. */
  readonly authorization: string | undefined
  /** Only the identity subgraph hears this part; absent over WebSocket, where no cookie can be set. */
  readonly browser?: Browser
}

export interface Browser {
  readonly refreshCookie: string | undefined
  readonly address: string
  readonly userAgent: string | undefined
  setCookies(cookies: readonly string[]): void
}
