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

export const isFull = (list: BookmarkList): boolean => list.length >= limits.bookmarks

/**
 * The same list when it has the message already. In a full one the oldest of a conversation that its owner has left gives
 * way, which they could not find to remove. Throws TOO_MANY_BOOKMARKS when they are in all of the conversations.
 */
export function withBookmark(
  list: BookmarkList,
  bookmark: Bookmark,
  isIn: (conversationId: ConversationId) => boolean,
): BookmarkList {
  if (list.some(({ messageId }) => messageId === bookmark.messageId)) return list
  const unseen = isFull(list) ? list.findLast((one) => !isIn(one.conversationId)) : null
  if (unseen === undefined) throw tooManyBookmarks()
  const kept = list.filter((one) => one !== unseen)
  return [...kept, bookmark].toSorted((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1))
}

/** The same list when it has none of the messages. */
export function withoutBookmarks(list: BookmarkList, messageIds: readonly MessageId[]): BookmarkList {
  const rest = list.filter(({ messageId }) => !messageIds.includes(messageId))
  return rest.length === list.length ? list : rest
}

export const changedOnAnotherDevice = (): DomainError =>
  new DomainError('state', 'CONFLICT', 'Other devices of yours were changing your bookmarks. Try again.')

const tooManyBookmarks = () =>
  new DomainError(
    'state',
    'TOO_MANY_BOOKMARKS',
    `You can have up to ${limits.bookmarks.toLocaleString('en')} bookmarks. Remove one first.`,
  )
