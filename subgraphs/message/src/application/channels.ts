import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type Channel, channel } from '@parley/platform/redis/channels'
import type { TimelineEvent } from '../domain/timeline-event'

const isEvent = (payload: unknown): payload is TimelineEvent =>
  typeof payload === 'object' &&
  payload !== null &&
  'seq' in payload &&
  Number.isInteger(payload.seq) &&
  'at' in payload &&
  payload.at instanceof Date

const areEvents = (payload: unknown): payload is TimelineEvent | readonly TimelineEvent[] =>
  Array.isArray(payload) ? payload.every(isEvent) : isEvent(payload)

/** The bookmarks of a user have changed. */
export const bookmarksChanged = { bookmarks: true } as const

/** What changed for one user only. */
export type InboxHint = ConversationId | typeof bookmarksChanged

const isInboxHint = (payload: unknown): payload is InboxHint =>
  typeof payload === 'string' ||
  (typeof payload === 'object' && payload !== null && 'bookmarks' in payload && payload.bookmarks === true)

/** A user starts, continues or stops typing. */
export interface TypingSign {
  readonly userId: UserId
  readonly isTyping: boolean
}

const isTypingSign = (payload: unknown): payload is TypingSign =>
  typeof payload === 'object' &&
  payload !== null &&
  'userId' in payload &&
  typeof payload.userId === 'string' &&
  'isTyping' in payload &&
  typeof payload.isTyping === 'boolean'

/** How far a member who shows it has read now; null when it is to be read again who shows what. */
export interface ReadSign {
  readonly userId: UserId
  readonly readLine: number | null
}

const isReadSign = (payload: unknown): payload is ReadSign =>
  typeof payload === 'object' &&
  payload !== null &&
  'userId' in payload &&
  typeof payload.userId === 'string' &&
  'readLine' in payload &&
  (payload.readLine === null || Number.isInteger(payload.readLine))

/**
 * Hints between the processes of this subgraph, best effort: they make live streams fast. The log is the source of
 * truth.
 */
export const liveChannels = {
  /**
   * Whole events of a conversation, so that subscribers need not read the log. Several that were written together are one
   * message; processes of before December 2026 take single ones only, and find the others by the next.
   */
  timeline: channel<ConversationId, TimelineEvent | readonly TimelineEvent[]>('timeline', areEvents),
  /**
   * A conversation that changed for one user only: they joined, left, or read it on another device. Or their bookmarks;
   * processes of before December 2026 ignore that.
   */
  inbox: channel<UserId, InboxHint>('inbox', isInboxHint),
  /** Who is typing in a conversation. It is stored nowhere else: a lost sign is sent again while the user types. */
  typing: channel<ConversationId, TypingSign>('typing', isTypingSign),
  /** Who has read how far in a conversation. */
  reading: channel<ConversationId, ReadSign>('reading', isReadSign),
} satisfies Record<string, Channel<never, never> | Channel<string, unknown>>
