import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@parley/testing/client'

const againAfterMs = 100
/** Longer than any run: a quiet stream is not late. */
export const longMs = 3_600_000

/** Follows a stream on a socket of its own, again whenever it ends, until it is stopped. */
export abstract class Following {
  readonly #tab: () => Client
  #current: Client | null = null
  #isStopped = false
  #running: Promise<void> = Promise.resolve()

  /** `tab` gives a client with a new socket, at any gateway. */
  constructor(tab: () => Client) {
    this.#tab = tab
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Until the stream ends. */
  protected abstract followOnce(tab: Client): Promise<void>

  protected ended(): void {}

  protected isCurrent(tab: Client): boolean {
    return tab === this.#current
  }

  protected async cut(): Promise<void> {
    await this.#current?.close()
  }

  protected async end(): Promise<void> {
    this.#isStopped = true
    await this.cut()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#once().catch(() => undefined)
      await this.cut()
      this.ended()
      if (!this.#hasStopped()) await pause(againAfterMs)
    }
  }

  async #once(): Promise<void> {
    const tab = this.#tab()
    this.#current = tab
    await this.followOnce(tab)
  }

  /** A method, because TypeScript assumes that the flag does not change during the await. */
  #hasStopped(): boolean {
    return this.#isStopped
  }
}
