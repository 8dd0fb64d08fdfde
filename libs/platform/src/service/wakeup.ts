import { setTimeout as delay } from 'node:timers/promises'

/**
 * A loop that runs when it is woken, and otherwise after an interval: wake-ups make it fast, polling makes it reliable.
 */
export class Wakeup {
  #rung = false
  readonly #stopping = new AbortController()
  #release: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#release?.()
  }

  /** Ends the loop after the current step. */
  stop(): void {
    this.#stopping.abort()
    this.#release?.()
  }

  get stopped(): boolean {
    return this.#stopping.signal.aborted
  }

  /** For a step: waits, and ends early only when the loop is stopped. */
  async pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }

  /** `step` must not reject: it logs what it cannot handle. `idleMs` may depend on what the step has found. */
  async loop(idleMs: number | (() => number), step: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      this.#rung = false
      await step()
      if (!this.#isDue()) await this.#sleep(typeof idleMs === 'number' ? idleMs : idleMs())
    }
  }

  #isDue(): boolean {
    return this.#rung || this.stopped
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#release = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
