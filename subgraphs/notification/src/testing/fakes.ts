import type { ConversationId, UserId } from '@parley/kernel/ids'
import { BadgeHints } from '../application/badge-hints'
import { maxCounted, Notifications } from '../application/notifications'
import { RecentMessages } from '../application/recent-messages'
import type { Notification, SentMessage } from '../domain/notification'

/** Called before each step of a fake: a test can put other work in between. */
export type Between = () => Promise<void>
const nothing: Between = () => Promise.resolve()

/** Held to the same contract as the one in MongoDB (notifications.contract.ts). */
export class MemoryNotifications extends Notifications {
  readonly rows = new Map<string, Notification & { read: boolean }>()
  readonly #marks = new Map<string, number>()

  constructor(private readonly between: Between = nothing) {
    super()
  }

  async add(notifications: readonly Notification[]): Promise<void> {
    await this.between()
    for (const one of notifications) if (!this.rows.has(one.id)) this.rows.set(one.id, { ...one, read: false })
  }

  async recordReading(userId: UserId, conversationId: ConversationId, seq: number): Promise<void> {
    await this.between()
    this.#marks.set(`${userId}:${conversationId}`, Math.max(seq, this.#markOf(userId, conversationId)))
    await this.between()
    this.#cover(userId, conversationId, seq)
  }

  async applyReadings(conversationId: ConversationId, userIds: readonly UserId[], fromSeq: number): Promise<void> {
    await this.between()
    const marks = userIds.map((userId) => ({ userId, seq: this.#markOf(userId, conversationId) }))
    await this.between()
    for (const { userId, seq } of marks) if (seq >= fromSeq) this.#cover(userId, conversationId, seq)
  }

  async forget(conversationId: ConversationId, userIds: readonly UserId[]): Promise<void> {
    await this.between()
    for (const [id, row] of this.rows) {
      if (row.conversationId === conversationId && userIds.includes(row.userId)) this.rows.delete(id)
    }
  }

  async countUnread(userId: UserId): Promise<number> {
    const unread = [...this.rows.values()].filter((row) => row.userId === userId && row.kind === 'message' && !row.read)
    return Math.min(unread.length, maxCounted)
  }

  #markOf(userId: UserId, conversationId: ConversationId): number {
    return this.#marks.get(`${userId}:${conversationId}`) ?? 0
  }

  #cover(userId: UserId, conversationId: ConversationId, seq: number): void {
    for (const row of this.rows.values()) {
      if (row.userId === userId && row.conversationId === conversationId && row.seq <= seq) row.read = true
    }
  }
}

export class MemoryRecentMessages extends RecentMessages {
  readonly #messages = new Map<string, SentMessage>()

  constructor(private readonly between: Between = nothing) {
    super()
  }

  async remember(message: SentMessage): Promise<void> {
    await this.between()
    if (!this.#messages.has(message.eventId)) this.#messages.set(message.eventId, message)
  }

  async *since(conversationId: ConversationId, at: Date): AsyncGenerator<readonly SentMessage[]> {
    await this.between()
    yield [...this.#messages.values()].filter(
      (message) => message.conversationId === conversationId && message.at >= at,
    )
  }
}

export class MemoryHints extends BadgeHints {
  readonly published: { userIds: readonly UserId[]; conversationId: ConversationId }[] = []
  readonly #listeners = new Map<UserId, Set<(conversationId: ConversationId) => void>>()

  publish(userIds: readonly UserId[], conversationId: ConversationId): Promise<void> {
    this.published.push({ userIds, conversationId })
    for (const userId of userIds) for (const listener of this.#listeners.get(userId) ?? []) listener(conversationId)
    return Promise.resolve()
  }

  subscribe(userId: UserId, onChange: (conversationId: ConversationId) => void): Promise<() => void> {
    const listeners = this.#listeners.get(userId) ?? new Set()
    this.#listeners.set(userId, listeners.add(onChange))
    return Promise.resolve(() => listeners.delete(onChange))
  }
}
