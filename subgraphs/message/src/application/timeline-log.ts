import type { ConversationId, MessageId } from '@parley/kernel/ids'
import type { Place, TimelineEntry, TimelineEvent } from '../domain/timeline-event'

/**
 * The log of every conversation: the truth of what happened and in which order. An entry that is in it is durable, ordered
 * and on its way to whoever needs to know.
 */
export abstract class TimelineLog {
  /**
   * Resolves with the event that the entry became. An entry whose (conversation, actor, clientId) is in the log already is
   * not written again: the earlier event is the answer, for ever. Rejects when the outcome is unknown; the same entry may
   * then be appended again.
   */
  abstract append(entry: TimelineEntry): Promise<TimelineEvent>

  /** Events with `after < seq ≤ after + limit`, ascending. */
  abstract readAfter(conversationId: ConversationId, after: number, limit: number): Promise<readonly TimelineEvent[]>

  /** The events that make the lines `from ≤ line ≤ to`, ascending. */
  abstract readLines(conversationId: ConversationId, from: number, to: number): Promise<readonly TimelineEvent[]>

  /** The events that sent these messages, of those that were sent. */
  abstract sent(messageIds: readonly MessageId[]): Promise<readonly TimelineEvent[]>

  /** Where the log ends; `beginning` for a conversation in which nothing has happened. */
  abstract head(conversationId: ConversationId): Promise<Place>
}
