import { setTimeout as delay } from 'node:timers/promises'

/**
 * Work on items in batches, one at a time. The first item is worked on at once; while more arrive, a batch begins at
 * most once in `everyMs`, with all that arrived meanwhile. `work` must not reject.
 */
export class PacedWork<Item> {
  readonly #waiting: Item[] = []
  #working: Promise<void> | null = null
  #beganAt = -Infinity
  #hurry = new AbortController()

  constructor(
    private readonly everyMs: number,
    private readonly maxItems: number,
    private readonly work: (items: readonly Item[]) => Promise<void>,
  ) {}

  add(items: readonly Item[]): void {
    this.#waiting.push(...items)
    if (this.#waiting.length > 0) this.#working ??= this.#workAll()
  }

  /** Resolves when all that was added is done, which does not wait for its time any more. */
  async finish(): Promise<void> {
    this.#hurry.abort()
    await this.#working
    this.#hurry = new AbortController()
  }

  async #workAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const early = this.#beganAt + this.everyMs - performance.now()
      if (early > 0) await delay(early, undefined, { signal: this.#hurry.signal }).catch(() => undefined)
      this.#beganAt = performance.now()
      await this.work(this.#waiting.splice(0, this.maxItems))
    }
    this.#working = null
  }
}
