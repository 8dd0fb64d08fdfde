import type { Client } from '@parley/testing/client'
import { Following, longMs } from './following.ts'
import type { Witness } from './witness.ts'

const document = `subscription ($after: String) { inbox(after: $after) { cursor isCut goneIds
  entries { conversationId readLine unreadCount mentionCount lastMessage { text } }
  threads { rootId unreadCount root { text } } } }`

interface Entry {
  readonly conversationId: string
  readonly readLine: number
  readonly unreadCount: number
  readonly mentionCount: number
}

interface Frame {
  readonly inbox: {
    readonly cursor: string
    readonly isCut: boolean
    readonly goneIds: readonly string[]
    readonly entries: readonly Entry[]
  } | null
}

/** The inbox of one user, kept up to date over all streams that it takes. */
export class InboxWatch extends Following {
  readonly entries = new Map<string, Entry>()
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
    const stream = tab.subscribe<Frame>(document, { after: this.#cursor })
    for (;;) {
      const { data } = await stream.next(longMs)
      const frame = data?.inbox ?? null
      // Refused, for example with a cursor that is too old: from the beginning.
      if (frame === null || frame.isCut) this.#cursor = null
      if (frame === null || frame.isCut) return
      this.#witness.showed(frame, place)
      for (const id of frame.goneIds) this.entries.delete(id)
      for (const entry of frame.entries) this.entries.set(entry.conversationId, entry)
      this.#cursor = frame.cursor
    }
  }
}
