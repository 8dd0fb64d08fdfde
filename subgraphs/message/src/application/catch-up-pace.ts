import { setTimeout as delay } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'

/** UTF-16 units of text a second, for all streams of a user together. */
const perSecond = 1_000_000

/**
 * Limits how fast the streams of one user may read missed events. Reading a long log is work for this process and for
 * the gateway, and a hundred streams over it at once would slow down all other users: the streams of a user read in
 * turn, with a pause after each page in proportion to its size. The first page comes at once. Live events are not
 * limited.
 */
@Injectable()
export class CatchUpPace {
  /** The last turn of each user who reads or has read just now. */
  readonly #turns = new Map<UserId, Promise<void>>()
  wait = (ms: number): Promise<unknown> => delay(ms, undefined, { ref: false })

  /** Reads when it is the user's turn. A failure affects only its caller, not the next turn. */
  async read<Page>(userId: UserId, read: () => Promise<Page>, weightOf: (page: Page) => number): Promise<Page> {
    const before = this.#turns.get(userId) ?? Promise.resolve()
    const reading = before.then(read)
    const after = reading.then(
      (page) => this.#rest(weightOf(page)),
      () => undefined,
    )
    this.#turns.set(userId, after)
    void after.then(() => {
      if (this.#turns.get(userId) === after) this.#turns.delete(userId)
    })
    return reading
  }

  async #rest(weight: number): Promise<void> {
    if (weight > 0) await this.wait((weight / perSecond) * 1_000)
  }
}
