import type { Client } from '@parley/testing/client'
import { queries } from '../chat.ts'
import type { InboxFrame } from '../chat.ts'
import { Following, longMs } from './following.ts'
import type { Witness } from './witness.ts'

/** The inbox of one user, kept up to date over all streams that it takes. */
export class InboxWatch extends Following {
  readonly entries = new Map<string, InboxFrame['entries'][number]>()
  readonly #witness: Witness
  #cursor: string | null = null

  constructor(tab: () => Client, witness: Witness) {
    super(tab)
    this.#witness = witness
  }

  reconnect(): Promise<void> {
    return this.cut()
  }

  stop(): Promise<void> {
    return this.end()
  }

  protected override async followOnce(tab: Client): Promise<void> {
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
}
