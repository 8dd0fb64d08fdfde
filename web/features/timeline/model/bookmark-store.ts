import { Store } from '../../../lib/store'
import type { LineEvent } from './events'

const none: ReadonlySet<string> = new Set()

/** The ids of the messages that the viewer has bookmarked, in each opened conversation. */
export class BookmarkStore extends Store<ReadonlyMap<string, ReadonlySet<string>>> {
  /** Changes since the last question, which its answer may lack. */
  readonly #since = new Map<string, Map<string, boolean>>()

  /** `ask` resolves with null for a conversation that cannot be read now. */
  constructor(private readonly ask: (conversationId: string) => Promise<readonly string[] | null>) {
    super(new Map())
  }

  of(conversationId: string): ReadonlySet<string> {
    return this.get().get(conversationId) ?? none
  }

  async load(conversationId: string): Promise<void> {
    const since = new Map<string, boolean>()
    this.#since.set(conversationId, since)
    const ids = await this.ask(conversationId)
    if (ids === null || this.#since.get(conversationId) !== since) return
    const next = new Set(ids)
    for (const [id, isBookmarked] of since) put(next, id, isBookmarked)
    this.set(new Map(this.get()).set(conversationId, next))
  }

  /** They were changed on another device. */
  reload(): void {
    for (const id of this.get().keys()) void this.load(id)
  }

  /** What this device has changed. */
  put(conversationId: string, messageId: string, isBookmarked: boolean): void {
    this.#since.get(conversationId)?.set(messageId, isBookmarked)
    const next = new Set(this.of(conversationId))
    put(next, messageId, isBookmarked)
    this.set(new Map(this.get()).set(conversationId, next))
  }
}

function put(ids: Set<string>, id: string, isThere: boolean): void {
  if (isThere) ids.add(id)
  else ids.delete(id)
}

/** The lines with their messages marked that the viewer has bookmarked. */
export function withBookmarks(events: readonly LineEvent[], ids: ReadonlySet<string>): readonly LineEvent[] {
  if (ids.size === 0) return events
  return events.map((event) => {
    if (event.type !== 'MessageSent' || !ids.has(event.message.id)) return event
    return { ...event, message: { ...event.message, isBookmarked: true } }
  })
}
