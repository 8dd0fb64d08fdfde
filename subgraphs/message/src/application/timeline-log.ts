import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Place, TimelineEntry, TimelineEvent } from '../domain/timeline-event'

/** What makes an entry idempotent. */
export type Written = Pick<TimelineEntry, 'conversationId' | 'actorId' | 'clientId'>

/**
 * The log of every conversation: the source of truth for events and their order. An entry in it is durable and ordered,
 * and will be published to all consumers.
 */
export abstract class TimelineLog {
  /**
   * Resolves with the event of the entry. An entry whose (conversation, actor, clientId) is in the log already is not
   * written again: the result is always the first event. Rejects with a DomainError for what may not follow on the
   * events before (`refusalAfter`), and when the outcome is unknown; a retry with the same entry is safe.
   */
  abstract append(entry: TimelineEntry): Promise<TimelineEvent>

  /**
   * As `append`, for an entry that changes a message and was decided on what the log had up to `readUpTo`. Null, and nothing is
   * written, when the log has had another event about the message since: read it again and decide again.
   */
  abstract appendIfUnchanged(entry: TimelineEntry, readUpTo: number): Promise<TimelineEvent | null>

  /** What this actor has written with this client id, of which followers are told again; null for nothing. */
  abstract earlier(written: Written): Promise<TimelineEvent | null>

  /** Events with `after < seq ≤ after + limit`, ascending. */
  abstract readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]>

  /** The events that make the lines `from ≤ line ≤ to`, ascending. */
  abstract readLines(conversationId: ConversationId, from: number, to: number): Promise<readonly TimelineEvent[]>

  /** Which of the lines `from ≤ line ≤ to` never count as unread for a user (`isNeverUnread`), ascending. */
  abstract neverUnreadLines(
    conversationId: ConversationId,
    userId: UserId,
    from: number,
    to: number,
  ): Promise<readonly number[]>

  /** When some lines were made; those that do not exist are left out. */
  abstract timesOf(conversationId: ConversationId, lines: readonly number[]): Promise<ReadonlyMap<number, Date>>

  /** The events that sent these messages, for those that exist. */
  abstract sent(messageIds: readonly MessageId[]): Promise<readonly TimelineEvent[]>

  /** The edits `from ≤ number ≤ to` of a message, ascending: the first one is 1. */
  abstract edits(messageId: MessageId, from: number, to: number): Promise<readonly TimelineEvent[]>

  /** The event that deleted a message; null when none has. */
  abstract deletionOf(messageId: MessageId): Promise<TimelineEvent | null>

  /** The end of the log; `beginning` for a conversation without events. */
  abstract head(conversationId: ConversationId): Promise<Place>
}
