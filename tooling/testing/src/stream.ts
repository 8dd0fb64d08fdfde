/** The results of a subscription so far, to be taken in order or awaited. */
export class Stream<Item> {
  readonly #items: Item[] = []
  readonly #waiting = new Set<() => void>()
  #taken = 0
  #end: { error: unknown } | null = null
  readonly #close: () => void

  constructor(open: (sink: { next(item: Item): void; error(error: unknown): void; complete(): void }) => () => void) {
    this.#close = open({
      next: (item) => {
        this.#items.push(item)
        this.#notify()
      },
      error: (error) => this.#finish(error),
      complete: () => this.#finish(null),
    })
  }

  /** All results, taken or not. */
  get all(): readonly Item[] {
    return this.#items
  }

  /** The next one not taken yet. Rejects when the stream ends or `timeout` ms pass. */
  async next(timeout = 20_000): Promise<Item> {
    await this.#until(() => this.#items.length > this.#taken, timeout, 'the next item')
    return this.#items[this.#taken++] as Item
  }

  /** The first one, taken or not, that matches. */
  async find(fits: (item: Item) => boolean, timeout = 20_000): Promise<Item> {
    await this.#until(() => this.#items.some(fits), timeout, 'an item that fits')
    return this.#items.find(fits) as Item
  }

  /** Resolves with the reason of its end: null for a normal end, else the error. */
  async ended(timeout = 20_000): Promise<unknown> {
    await this.#until(() => this.#end !== null, timeout, 'the end', true)
    return this.#end?.error ?? null
  }

  close(): void {
    this.#close()
  }

  #finish(error: unknown): void {
    this.#end ??= { error }
    this.#notify()
  }

  #notify(): void {
    for (const wake of this.#waiting) wake()
  }

  async #until(isTrue: () => boolean, timeout: number, what: string, endIsFine = false): Promise<void> {
    const deadline = performance.now() + timeout
    while (!isTrue()) {
      if (this.#end !== null && !endIsFine)
        throw new Error(`The stream ended before ${what}`, { cause: this.#end.error })
      const left = deadline - performance.now()
      if (left <= 0)
        throw new Error(`No sign of ${what} in ${timeout} ms; so far: ${JSON.stringify(this.#items).slice(0, 2_000)}`)
      await this.#change(left)
    }
  }

  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.#waiting.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.#waiting.add(wake)
    })
  }
}
