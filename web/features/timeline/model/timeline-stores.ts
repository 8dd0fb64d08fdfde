import type { Message, TimelineEvent } from './events'
import type { TimelineSource } from './timeline-source'
import { TimelineStore } from './timeline-store'

/** How many conversations stay in memory, so that returning to one shows it at once. */
const kept = 12

/** One store per conversation; the least recently opened is evicted first. */
export class TimelineStores {
  readonly #stores = new Map<string, TimelineStore>()

  constructor(private readonly source: TimelineSource) {}

  of(conversationId: string): TimelineStore {
    const store = this.#stores.get(conversationId) ?? new TimelineStore(conversationId, this.source)
    this.#stores.delete(conversationId)
    this.#stores.set(conversationId, store)
    for (const id of this.#stores.keys()) {
      if (this.#stores.size <= kept) break
      this.#stores.get(id)?.close()
      this.#stores.delete(id)
    }
    return store
  }

  /** An event for an opened conversation; others will load it when they are opened. */
  receive(conversationId: string, event: TimelineEvent): void {
    this.#stores.get(conversationId)?.receive(event)
  }

  /** The current state of a message, for an opened conversation. */
  learn(message: Message): void {
    this.#stores.get(message.conversationId)?.learn(message)
  }

  /** Retries at once. */
  hurry(): void {
    for (const store of this.#stores.values()) store.hurry()
  }
}
