import type { LineEvent } from './events'
import { type MarkedState, MarkStore } from './mark-store'

/** The messages that the viewer has bookmarked. A bookmark is no state of its message: it has no version. */
export class BookmarkStore extends MarkStore {
  /** `ask` resolves with null for a conversation that cannot be read now. */
  constructor(ask: (conversationId: string) => Promise<readonly string[] | null>) {
    super(async (conversationId) => bookmarked(await ask(conversationId)))
  }

  /** What this device has changed. */
  put(conversationId: string, id: string, isBookmarked: boolean): void {
    this.take(conversationId, { id, version: 0, isMarked: isBookmarked })
  }
}

/** What a list of ids tells; null when there is none. */
export const bookmarked = (ids: readonly string[] | null): readonly MarkedState[] | null =>
  ids?.map((id) => ({ id, version: 0 })) ?? null

/** The lines with their messages marked that the viewer has bookmarked. */
export function withBookmarks(events: readonly LineEvent[], ids: ReadonlySet<string>): readonly LineEvent[] {
  if (ids.size === 0) return events
  return events.map((event) => {
    if (event.type !== 'MessageSent' || !ids.has(event.message.id)) return event
    return { ...event, message: { ...event.message, isBookmarked: true } }
  })
}
