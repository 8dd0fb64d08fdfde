/**
 * A loop that runs when it is woken, and otherwise after an interval: wake-ups make it fast, polling makes it reliable.
 */
export class Wakeup {
  #rung = false
  #stopped = false
  #release: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#release?.()
  }

  /** Ends the loop after the current step. */
  stop(): void {
    this.#stopped = true
    this.#release?.()
  }

  get stopped(): boolean {
    return this.#stopped
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
    return this.#rung || this.#stopped
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
