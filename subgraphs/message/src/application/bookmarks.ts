import type { UserId } from '@parley/kernel/ids'
import type { BookmarkList } from '../domain/bookmarks'

/** The bookmarks of each person, which nobody else sees. */
export abstract class Bookmarks {
  abstract of(userId: UserId): Promise<BookmarkList>

  /**
   * Makes of the list what `decide` says: decided again when it was changed meanwhile, so that a limit holds. Resolves
   * with whether it was changed: nothing is written when `decide` returns the same list.
   */
  abstract change(
    userId: UserId,
    decide: (list: BookmarkList) => BookmarkList | Promise<BookmarkList>,
  ): Promise<boolean>
}
