import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Notification } from '../domain/notification'

/** Counting ends here: nobody reads a badge beyond it, and a count stays a bounded read. */
export const maxCounted = 1_000

/**
 * Who has been told of what, and how far they have read. Every operation may be repeated and may come in any order: readings
 * only move forward, and a notification that exists is left as it is.
 */
export abstract class Notifications {
  /** Adds those that do not exist yet. */
  abstract add(notifications: readonly Notification[]): Promise<void>

  /** Moves somebody's reading of a conversation forward and marks what it covers as read. */
  abstract recordReading(userId: UserId, conversationId: ConversationId, seq: number): Promise<void>

  /** Marks as read what the readings of these people cover already, from `fromSeq` on: for notifications that came late. */
  abstract applyReadings(conversationId: ConversationId, userIds: readonly UserId[], fromSeq: number): Promise<void>

  /** Takes away all that these people were told of a conversation. */
  abstract forget(conversationId: ConversationId, userIds: readonly UserId[]): Promise<void>

  /** Unread messages over all conversations, up to `maxCounted`. */
  abstract countUnread(userId: UserId): Promise<number>
}
