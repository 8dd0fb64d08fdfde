import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { Notifications } from '../application/notifications'
import { type Notification, placeOf } from '../domain/notification'

/** Tested with the same contract as the one in MongoDB (notifications.contract.ts). */
export class MemoryNotifications extends Notifications {
  readonly #rows = new Map<string, Notification>()
  readonly #forgotten = new Set<string>()
  readonly #departures = new Map<string, { readonly version: number; readonly isGone: boolean }>()

  async add(notifications: readonly Notification[]): Promise<void> {
    for (const one of notifications) if (!this.#rows.has(one.id)) this.#rows.set(one.id, one)
  }

  async leave(userId: UserId, conversationId: ConversationId, version: number): Promise<void> {
    const known = this.#departures.get(`${userId}:${conversationId}`)?.version ?? 0
    if (version < known) return
    this.#departures.set(`${userId}:${conversationId}`, { version, isGone: true })
    this.#forget(userId, conversationId)
  }

  async enter(userIds: readonly UserId[], conversationId: ConversationId, version: number): Promise<void> {
    for (const key of userIds.map((userId) => `${userId}:${conversationId}`)) {
      const known = this.#departures.get(key)
      if (known !== undefined && known.version < version) this.#departures.set(key, { version, isGone: false })
    }
  }

  async forgetFormer(told: readonly Notification[]): Promise<void> {
    for (const { id, userId, conversationId } of told)
      if (this.#departures.get(`${userId}:${conversationId}`)?.isGone === true) this.#forgotten.add(id)
  }

  async takeBack(messageId: MessageId, userIds: readonly UserId[] | null, seq: number): Promise<void> {
    for (const row of this.#rows.values())
      if (row.messageId === messageId && (row.seq ?? 0) <= seq && (userIds?.includes(row.userId) ?? true))
        this.#forgotten.add(row.id)
  }

  async list(userId: UserId, place: string | null, limit: number): Promise<readonly Notification[]> {
    const before = this.#of(userId).filter((row) => place === null || placeOf(row) < place)
    return before.sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1)).slice(0, limit)
  }

  #forget(userId: UserId, conversationId: ConversationId): void {
    for (const row of this.#of(userId)) if (row.conversationId === conversationId) this.#forgotten.add(row.id)
  }

  #of(userId: UserId): Notification[] {
    return [...this.#rows.values()].filter((row) => row.userId === userId && !this.#forgotten.has(row.id))
  }
}
