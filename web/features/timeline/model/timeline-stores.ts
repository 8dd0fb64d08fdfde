import type { KeptPages } from './kept-page'
import type { Message, SentEvent, TimelineEvent } from './events'
import type { Place } from './reading'
import type { ThreadReader } from './thread-source'
import { ThreadStore } from './thread-store'
import { TimelineStore } from './timeline-store'

/** How many conversations stay in memory, so that returning to one shows it at once. */
export const keptConversations = 12
/** The same for threads. */
const keptThreads = 6

/** One store per conversation; the least recently opened is evicted first. */
export class TimelineStores {
  readonly #stores = new Map<string, TimelineStore>()
  /** By the ids of their roots. */
  readonly #threads = new Map<string, ThreadStore>()

  /** Where the viewer stands in conversations that are not kept in memory any more. */
  readonly #places = new Map<string, Place | null>()

  constructor(
    private readonly source: ThreadReader,
    private readonly pages?: KeptPages,
  ) {}

  of(conversationId: string): TimelineStore {
    const place = this.#places.get(conversationId) ?? null
    const store = this.#stores.get(conversationId) ?? new TimelineStore(conversationId, this.source, this.pages, place)
    this.#stores.delete(conversationId)
    this.#stores.set(conversationId, store)
    for (const id of this.#stores.keys()) {
      if (this.#stores.size <= keptConversations) break
      const evicted = this.#stores.get(id)
      evicted?.close()
      this.#places.set(id, evicted?.reading.place ?? null)
      this.#stores.delete(id)
    }
    return store
  }

  thread(conversationId: string, rootId: string): ThreadStore {
    const store = this.#threads.get(rootId) ?? new ThreadStore(conversationId, rootId, this.source)
    this.#threads.delete(rootId)
    this.#threads.set(rootId, store)
    for (const [id, { replies }] of this.#threads) {
      if (this.#threads.size <= keptThreads) break
      replies.close()
      this.#threads.delete(id)
    }
    return store
  }

  /** Whether a list is open that shows the message of this event. */
  shows(conversationId: string, { line, message: { threadId } }: SentEvent): boolean {
    const thread = threadId === null ? undefined : this.#threads.get(threadId)
    return thread?.replies.isOpen === true || (line !== null && this.#stores.get(conversationId)?.isOpen === true)
  }

  /** An event for an opened conversation; others will load it when they are opened. */
  receive(conversationId: string, event: TimelineEvent): void {
    this.#stores.get(conversationId)?.receive(event)
    for (const thread of this.#threads.values()) if (thread.conversationId === conversationId) thread.receive(event)
  }

  /** The current state of a message, for an opened conversation. */
  learn(message: Message): void {
    this.#stores.get(message.conversationId)?.learn(message)
    for (const thread of this.#threads.values()) thread.learn(message)
  }

  /** Keeps on the device what is open: the page may be gone soon. */
  keep(): void {
    for (const store of this.#stores.values()) if (store.isOpen) store.keep()
  }

  /** Retries at once. */
  hurry(): void {
    for (const store of this.#stores.values()) store.hurry()
    for (const { replies } of this.#threads.values()) replies.hurry()
  }
}
