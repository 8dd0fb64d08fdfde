import type { UserId } from '@parley/kernel/ids'
import { Bookmarks } from '../application/bookmarks'
import type { BookmarkList } from '../domain/bookmarks'

const none: BookmarkList = []

export class MemoryBookmarks extends Bookmarks {
  readonly #lists = new Map<UserId, BookmarkList>()

  of(userId: UserId): Promise<BookmarkList> {
    return Promise.resolve(this.#lists.get(userId) ?? none)
  }

  async change(userId: UserId, decide: (list: BookmarkList) => BookmarkList | Promise<BookmarkList>): Promise<boolean> {
    for (;;) {
      const list = this.#lists.get(userId) ?? none
      const next = await decide(list)
      if ((this.#lists.get(userId) ?? none) !== list) continue
      this.#lists.set(userId, next)
      return next !== list
    }
  }
}
