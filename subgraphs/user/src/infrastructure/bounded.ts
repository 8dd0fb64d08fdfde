import { DomainError } from '@parley/kernel/errors'

/**
 * Runs at most `width` pieces of work at a time; at most `places` wait their turn, and none longer than `patienceMs`. Whoever comes
 * beyond that is sent away before anything was done for them, which is a better answer than the caller's deadline.
 */
export class Bounded {
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(
    private readonly width: number,
    private readonly places: number,
    private readonly patienceMs: number,
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
    if (this.#waiting.length >= this.places) throw tooMany()
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        reject(tooMany())
      }, this.patienceMs)
      this.#waiting.push(enter)
    })
  }

  /** Hands the place over to whoever waits longest, so that nobody can slip in between. */
  #leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#running -= 1
    else next()
  }
}

const tooMany = (): DomainError =>
  new DomainError('temporary', 'UNAVAILABLE', 'Very many people are signing in just now. Try again in a moment.')
