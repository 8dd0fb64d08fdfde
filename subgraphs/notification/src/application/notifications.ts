import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Notification } from '../domain/notification'

/** How long a notification is kept. This bounds the notifications of a person, and with them the cost of a page. */
export const keptSeconds = 90 * 86_400

/** The notifications of all people. Every write is idempotent: Kafka delivers at least once. */
export abstract class Notifications {
  /** Adds those that have not been added before. */
  abstract add(notifications: readonly Notification[]): Promise<void>

  /**
   * A person left with this version of the conversation: removes their notifications about it. Redelivered events do not
   * add them again, nor does one that comes after a later `enter` remove any.
   */
  abstract leave(userId: UserId, conversationId: ConversationId, version: number): Promise<void>

  /** They became members with this version of the conversation, perhaps again. */
  abstract enter(userIds: readonly UserId[], conversationId: ConversationId, version: number): Promise<void>

  /**
   * Removes those of these whose person has left their conversation. Messages and members are told on two topics, so a
   * mention of before may arrive after the leaving.
   */
  abstract forgetFormer(told: readonly Notification[]): Promise<void>

  /**
   * Removes the notifications about a message up to this seq of its conversation, of these people or, for null, of
   * everybody. A redelivered event does not add them again, and later notifications stay.
   */
  abstract takeBack(messageId: MessageId, userIds: readonly UserId[] | null, seq: number): Promise<void>

  /** The newest of a person's notifications before `place` (`placeOf`), newest first. */
  abstract list(userId: UserId, place: string | null, limit: number): Promise<readonly Notification[]>
}
