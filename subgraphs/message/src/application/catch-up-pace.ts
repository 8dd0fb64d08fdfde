import { setTimeout as delay } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'

/** UTF-16 units of text a second, for all streams of a person together. */
const perSecond = 1_000_000

/**
 * How fast the streams of one person may read what they have missed. Reading a long log is work for this process and for the
 * gateway, and a hundred streams over it at once would be felt by everybody else: they read in turn, and after each page for as
 * long as the page is worth nobody of that person reads. The first page comes at once. Live events are not counted.
 */
@Injectable()
export class CatchUpPace {
  /** The last turn of each person who reads or has read a moment ago. */
  readonly #turns = new Map<UserId, Promise<void>>()
  wait = (ms: number): Promise<unknown> => delay(ms, undefined, { ref: false })

  /** Reads when it is the person's turn. A failure is the reader's, and costs the next one nothing. */
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
