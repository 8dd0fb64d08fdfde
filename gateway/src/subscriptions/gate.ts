/** Lets so many tasks run at one time; the rest wait in the order in which they came. */
export class Gate {
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(private readonly limit: number) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.limit) this.#running++
    else await new Promise<void>((admitted) => this.#waiting.push(admitted))
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      // Whoever waited takes over the place, so the count stays.
      if (next === undefined) this.#running--
      else next()
    }
  }
}
