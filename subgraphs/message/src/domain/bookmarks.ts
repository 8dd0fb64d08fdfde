import { DomainError } from '@parley/kernel/errors'
import type { ConversationId, MessageId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'

/** A message that one person has marked for themselves. It has no text, so a deletion has nothing to erase in it. */
export interface Bookmark {
  readonly messageId: MessageId
  readonly conversationId: ConversationId
  /** When it was made. */
  readonly at: Date
}

/** The bookmarks of one person, the newest first. */
export type BookmarkList = readonly Bookmark[]

/** Its place in the list, which sorts by time. */
export const placeOf = ({ at, messageId }: Bookmark): string => `${at.toISOString()}/${messageId}`

/** The same list when it has the message already. Throws TOO_MANY_BOOKMARKS when it is full. */
export function withBookmark(list: BookmarkList, bookmark: Bookmark): BookmarkList {
  if (list.some(({ messageId }) => messageId === bookmark.messageId)) return list
  if (list.length >= limits.bookmarks) throw tooManyBookmarks()
  return [...list, bookmark].toSorted((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1))
}

/** The same list when it has none of the messages. */
export function withoutBookmarks(list: BookmarkList, messageIds: readonly MessageId[]): BookmarkList {
  const rest = list.filter(({ messageId }) => !messageIds.includes(messageId))
  return rest.length === list.length ? list : rest
}

const tooManyBookmarks = () =>
  new DomainError(
    'state',
    'TOO_MANY_BOOKMARKS',
    `You can have up to ${limits.bookmarks.toLocaleString('en')} bookmarks. Remove one first.`,
  )
