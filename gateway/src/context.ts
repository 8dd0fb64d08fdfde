import { limits } from './limits'

/** What goes with every operation to the subgraphs. */
export interface GatewayContext {
  readonly requestId: string
  /** `Bearer …`, present only when the token was good at this moment; subgraphs verify it again. */
  readonly authorization: string | undefined
  /** Whose share of limited work it takes; absent for somebody who is not signed in. */
  readonly sessionId?: string
  /** The instant of `performance.now()` until which the operation must be answered, whatever number of subgraphs it asks. */
  readonly deadline: number
  /** Only the identity subgraph hears this part; absent over WebSocket, where no cookie can be set. */
  readonly browser?: Browser
}

export interface Browser {
  /** A Cookie header of those cookies that are the identity subgraph's own. */
  readonly cookies: string | undefined
  readonly address: string
  readonly userAgent: string | undefined
  setCookies(cookies: readonly string[]): void
}

/** For an operation, or one event of a subscription, that begins now. */
export const deadlineFromNow = (): number => performance.now() + limits.operationMs
