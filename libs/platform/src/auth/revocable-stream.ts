import { DomainError } from '@parley/kernel/errors'
import type { ExecutionResult } from 'graphql'
import type { RevokedSessions } from './revoked-sessions'

/**
 * The gateway closes the sockets of the session, with a close code of its own; this error is for clients without the
 * gateway.
 */
const gatewayFirstMs = 500

/** The results of one subscription; it fails with UNAUTHENTICATED soon after its session ended. */
export class RevocableStream implements AsyncIterableIterator<ExecutionResult> {
  readonly #unsubscribe: () => void
  #state: 'open' | 'revoked' | 'over' = 'open'
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly source: AsyncGenerator<ExecutionResult>,
    sessionId: string,
    revoked: RevokedSessions,
  ) {
    this.#unsubscribe = revoked.subscribe((ended) => {
      if (ended === sessionId) this.#timer ??= setTimeout(() => this.#revoke(), gatewayFirstMs)
    })
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    if (this.#state === 'over') return { done: true, value: undefined }
    try {
      const result = await this.source.next()
      if (this.#isRevoked()) throw new DomainError('auth', 'UNAUTHENTICATED', 'Your session is over. Sign in again.')
      if (result.done === true) this.#end()
      return result
    } catch (error) {
      this.#end()
      throw error
    }
  }

  return(): Promise<IteratorResult<ExecutionResult>> {
    this.#end()
    return this.source.return(undefined)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Ends the source, so that a `next()` which waits for an event returns. */
  #revoke(): void {
    if (this.#state !== 'open') return
    this.#state = 'revoked'
    void this.source.return(undefined)
  }

  /** A method, because TypeScript assumes that the value does not change during the await. */
  #isRevoked(): boolean {
    return this.#state === 'revoked'
  }

  #end(): void {
    this.#state = 'over'
    clearTimeout(this.#timer)
    this.#unsubscribe()
  }
}
