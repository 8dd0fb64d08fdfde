import type { UserId } from '@parley/kernel/ids'
import { Bookmarks } from '../application/bookmarks'
import type { BookmarkList } from '../domain/bookmarks'

export class MemoryBookmarks extends Bookmarks {
  readonly #lists = new Map<UserId, BookmarkList>()

  of(userId: UserId): Promise<BookmarkList> {
    return Promise.resolve(this.#lists.get(userId) ?? [])
  }

  async change(userId: UserId, decide: (list: BookmarkList) => BookmarkList): Promise<boolean> {
    await Promise.resolve()
    const list = this.#lists.get(userId) ?? []
    const next = decide(list)
    this.#lists.set(userId, next)
    return next !== list
  }
}
