import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@parley/testing/client'
import { queries } from '../chat.ts'
import type { InboxFrame } from '../chat.ts'
import type { Witness } from './witness.ts'

const againAfterMs = 100
const longMs = 3_600_000

/** The inbox of one user, kept up to date over all streams that it takes. */
export class InboxWatch {
  readonly entries = new Map<string, InboxFrame['entries'][number]>()
  readonly #tab: () => Client
  readonly #witness: Witness
  #current: Client | null = null
  #cursor: string | null = null
  #isStopped = false
  #running: Promise<void> = Promise.resolve()

  constructor(tab: () => Client, witness: Witness) {
    this.#tab = tab
    this.#witness = witness
  }

  start(): void {
    this.#running = this.#run()
  }

  async reconnect(): Promise<void> {
    await this.#current?.close()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#current?.close()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#followOnce().catch(() => undefined)
      await this.#current?.close()
      if (!this.#hasStopped()) await pause(againAfterMs)
    }
  }

  async #followOnce(): Promise<void> {
    const tab = this.#tab()
    this.#current = tab
    const place = { viewer: tab.userId, since: this.#witness.now }
    const stream = tab.subscribe<{ inbox: InboxFrame | null }>(queries.inbox, { after: this.#cursor })
    for (;;) {
      const { data } = await stream.next(longMs)
      const frame = data?.inbox ?? null
      // Refused, for example with a cursor that is too old: from the beginning.
      if (frame === null || frame.isCut) this.#cursor = null
      if (frame === null || frame.isCut) return
      this.#witness.showed(frame, place)
      for (const entry of frame.entries) this.entries.set(entry.conversationId, entry)
      this.#cursor = frame.cursor
    }
  }

  /** A method, because TypeScript assumes that the flag does not change during the await. */
  #hasStopped(): boolean {
    return this.#isStopped
  }
}
