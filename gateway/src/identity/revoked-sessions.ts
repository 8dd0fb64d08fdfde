import { Inject, Injectable } from '@nestjs/common'
import { SessionRevocations } from './session-revocations'

/** Longer than any access token lives. */
const keptMs = 3_600_000

/** The sessions whose tokens are still good by their signature and serve no more. */
@Injectable()
export class RevokedSessions {
  readonly #until = new Map<string, number>()

  constructor(@Inject(SessionRevocations) revocations: SessionRevocations) {
    revocations.subscribe((sessionId) => {
      this.#forget(Date.now())
      this.#until.set(sessionId, Date.now() + keptMs)
    })
  }

  has(sessionId: string): boolean {
    return this.#until.has(sessionId)
  }

  /** Insertion order is the order of time. */
  #forget(now: number): void {
    for (const [sessionId, until] of this.#until) {
      if (until > now) return
      this.#until.delete(sessionId)
    }
  }
}
