import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Notification } from '../domain/notification'

/** For how long a notification is kept. It bounds what is kept of one person, and with it what a page costs. */
export const keptSeconds = 90 * 86_400

/** What people have been told. Every write may be repeated: Kafka delivers at least once. */
export abstract class Notifications {
  /** Adds those that have not been added before. */
  abstract add(notifications: readonly Notification[]): Promise<void>

  /**
   * Takes away what a person was told of a conversation until then. An event that comes again does not bring it back, and what
   * the person is told later stays.
   */
  abstract forget(userId: UserId, conversationId: ConversationId, until: Date): Promise<void>

  /** The newest of a person's notifications that stand before `place` (`placeOf`), the newest first. */
  abstract list(userId: UserId, place: string | null, limit: number): Promise<readonly Notification[]>
}
