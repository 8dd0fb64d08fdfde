/** A loop that runs when it is rung and at the latest after a while: a hint makes it fast, the poll makes it certain. */
export class Wakeup {
  #rung = false
  #stopped = false
  #release: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#release?.()
  }

  /** Ends the loop after the step that is under way. */
  stop(): void {
    this.#stopped = true
    this.#release?.()
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** `step` must not reject: what it cannot mend it logs. `idleMs` may depend on what the step has found. */
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
