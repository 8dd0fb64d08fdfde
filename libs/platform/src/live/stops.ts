/** What ends with a stream. What is added after its end is stopped at once: it began while the stream ended. */
export class Stops {
  #all: (() => void)[] | null = []

  get isClosed(): boolean {
    return this.#all === null
  }

  add(stop: () => void): void {
    if (this.#all === null) stop()
    else this.#all.push(stop)
  }

  close(): void {
    const all = this.#all ?? []
    this.#all = null
    for (const stop of all) stop()
  }
}
