import { DomainError } from '@parley/kernel/errors'

/** Runs at most `width` pieces of work at a time; at most `patience` wait their turn, whoever comes then is sent away. */
export class Bounded {
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly width: number,
    private readonly patience: number,
  ) {}

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#enter()
    try {
      return await work()
    } finally {
      this.#leave()
    }
  }

  async #enter(): Promise<void> {
    if (this.#running < this.width) {
      this.#running += 1
      return
    }
    if (this.#waiting.length >= this.patience) {
      throw new DomainError('UNAVAILABLE', 'Very many people are signing in just now. Try again in a moment.')
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  /** Hands the place over to whoever waits longest, so that nobody can slip in between. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }
}
