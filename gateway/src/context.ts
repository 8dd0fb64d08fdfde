import { limits } from './limits'

/** Passed to the subgraphs with every operation. */
export interface GatewayContext {
  readonly requestId: string
  /** `Bearer …`, present only when the token was valid at this moment; subgraphs verify it again. */
  readonly authorization: string | undefined
  /** The session that rate limits count; absent for an anonymous caller. */
  readonly sessionId?: string
  /** The time (`performance.now()`) by which the operation must be answered, however many subgraphs it calls. */
  readonly deadline: number
  /** Sent to the identity subgraph only; absent over WebSocket, where no cookie can be set. */
  readonly browser?: Browser
}

export interface Browser {
  /** A Cookie header with only the identity subgraph's cookies. */
  readonly cookies: string | undefined
  readonly address: string
  readonly userAgent: string | undefined
  setCookies(cookies: readonly string[]): void
}

/** For an operation, or one event of a subscription, that starts now. */
export const deadlineFromNow = (): number => performance.now() + limits.operationMs
