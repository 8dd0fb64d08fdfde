import { setTimeout as delay } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'

/** UTF-16 units of text a second, for all streams of a person together. */
const perSecond = 1_000_000
/** What comes at once: a client that was away for an hour waits for nothing. */
const burst = 500_000
const remembered = 10_000

/**
 * How fast the streams of one person may bring what they have missed. Reading a long log is work for this process and for the
 * gateway, and a hundred streams over it at once would be felt by everybody else. Live events are not counted.
 */
@Injectable()
export class CatchUpPace {
  /** Up to which moment each person has used what is theirs, in milliseconds of `now`. */
  readonly #usedUntil = new Map<UserId, number>()
  now = (): number => performance.now()
  wait = (ms: number): Promise<unknown> => delay(ms, undefined, { ref: false })

  /** Resolves when the person may have so much more. */
  async take(userId: UserId, weight: number): Promise<void> {
    const now = this.now()
    const from = Math.max(this.#usedUntil.get(userId) ?? 0, now - (burst / perSecond) * 1_000)
    const until = from + (weight / perSecond) * 1_000
    if (this.#usedUntil.size >= remembered) this.#forget(now)
    this.#usedUntil.set(userId, until)
    if (until > now) await this.wait(until - now)
  }

  #forget(now: number): void {
    for (const [userId, until] of this.#usedUntil) if (until <= now) this.#usedUntil.delete(userId)
  }
}
