import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Notification } from '../domain/notification'

/** How long a notification is kept. This bounds the notifications of a person, and with them the cost of a page. */
export const keptSeconds = 90 * 86_400

/** The notifications of all people. Every write is idempotent: Kafka delivers at least once. */
export abstract class Notifications {
  /** Adds those that have not been added before. */
  abstract add(notifications: readonly Notification[]): Promise<void>

  /**
   * Removes a person's notifications about a conversation up to that time. A redelivered event does not add them again,
   * and later notifications stay.
   */
  abstract forget(userId: UserId, conversationId: ConversationId, until: Date): Promise<void>

  /**
   * Removes the notifications about a message up to that time, of these people or, for null, of everybody. A redelivered
   * event does not add them again, and later notifications stay.
   */
  abstract takeBack(messageId: MessageId, userIds: readonly UserId[] | null, until: Date): Promise<void>

  /** The newest of a person's notifications before `place` (`placeOf`), newest first. */
  abstract list(userId: UserId, place: string | null, limit: number): Promise<readonly Notification[]>
}
