import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { type Page, readPage } from '@parley/platform/listing/read-page'
import { type Bookmark, type BookmarkList, placeOf, withoutBookmarks } from '../domain/bookmarks'
import type { Message } from '../domain/message'
import { Admission } from './admission'
import { Bookmarks } from './bookmarks'
import { CurrentMessages } from './current-messages'

/** A bookmark with its message as it is now. */
export interface BookmarkNow extends Bookmark {
  readonly message: Message
}

/** A page of the viewer's bookmarks after a place, newest first: only of conversations that they are in now. */
export class ListBookmarks extends Query<Page<BookmarkNow>> {
  constructor(
    readonly viewer: UserId,
    readonly first: number,
    readonly after: string | null,
  ) {
    super()
  }
}

@QueryHandler(ListBookmarks)
export class ListBookmarksHandler implements IQueryHandler<ListBookmarks> {
  constructor(
    private readonly admission: Admission,
    private readonly messages: CurrentMessages,
    private readonly bookmarks: Bookmarks,
  ) {}

  execute({ viewer, first, after }: ListBookmarks): Promise<Page<BookmarkNow>> {
    return readPage('bookmarks', { first, after }, async (limit) => {
      const [list, entered] = await Promise.all([this.bookmarks.of(viewer), this.admission.conversationsOf(viewer)])
      const isIn = new Set(entered)
      const seen = list.filter(({ conversationId }) => isIn.has(conversationId))
      return this.#page(viewer, after === null ? seen : seen.filter((one) => placeOf(one) < after), limit)
    })
  }

  /** Deleted messages are left out, and their bookmarks are forgotten. */
  async #page(viewer: UserId, list: BookmarkList, limit: number): Promise<readonly BookmarkNow[]> {
    const page: BookmarkNow[] = []
    const gone: Bookmark[] = []
    for (let rest = list; rest.length > 0 && page.length < limit; rest = rest.slice(limit)) {
      const some = rest.slice(0, limit)
      const found = await this.messages.byId(some.map(({ messageId }) => messageId))
      const messages = new Map(found.map((message) => [message.id, message]))
      for (const bookmark of some) {
        const message = messages.get(bookmark.messageId)
        if (message === undefined || message.deletedAt !== null) gone.push(bookmark)
        else page.push({ ...bookmark, message })
      }
    }
    const ids = gone.map(({ messageId }) => messageId)
    if (ids.length > 0) await this.bookmarks.change(viewer, (known) => withoutBookmarks(known, ids))
    return page.slice(0, limit)
  }
}
