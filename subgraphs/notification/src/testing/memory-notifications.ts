import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { Notifications } from '../application/notifications'
import { type Notification, placeOf } from '../domain/notification'

/** Tested with the same contract as the one in MongoDB (notifications.contract.ts). */
export class MemoryNotifications extends Notifications {
  readonly #rows = new Map<string, Notification>()
  readonly #forgotten = new Set<string>()

  async add(notifications: readonly Notification[]): Promise<void> {
    for (const one of notifications) if (!this.#rows.has(one.id)) this.#rows.set(one.id, one)
  }

  async forget(userId: UserId, conversationId: ConversationId, until: Date): Promise<void> {
    for (const row of this.#of(userId))
      if (row.conversationId === conversationId && row.at <= until) this.#forgotten.add(row.id)
  }

  async takeBack(messageId: MessageId, userIds: readonly UserId[] | null, until: Date): Promise<void> {
    for (const row of this.#rows.values())
      if (row.messageId === messageId && row.at <= until && (userIds?.includes(row.userId) ?? true))
        this.#forgotten.add(row.id)
  }

  async list(userId: UserId, place: string | null, limit: number): Promise<readonly Notification[]> {
    const before = this.#of(userId).filter((row) => place === null || placeOf(row) < place)
    return before.sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1)).slice(0, limit)
  }

  #of(userId: UserId): Notification[] {
    return [...this.#rows.values()].filter((row) => row.userId === userId && !this.#forgotten.has(row.id))
  }
}
