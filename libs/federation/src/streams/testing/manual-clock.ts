import type { Clock } from '../frame'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** Time that passes when a test says so. */
export class ManualClock implements Clock {
  #now = 1_000_000
  #timers = new Set<Timer>()

  get pending(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Runs what is due, in order; promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settled()
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settled()
    }
    this.#now = end
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer
    return next
  }
}

/** Enough turns for the promises of an admission. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}
