import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { maxCounted, Notifications } from '../application/notifications'
import type { Notification } from '../domain/notification'
import { NotificationDocument, ReadMarkDocument } from './documents'
import { insertMissing } from '@parley/platform/mongo/insert-missing'

const markId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`
/** Each is asked for by itself: the default engine scans where a field before the last is one of several. */
const kinds = ['added', 'message'] as const

@Injectable()
export class MongoNotifications extends Notifications {
  constructor(
    @InjectModel(NotificationDocument) private readonly notifications: Model<typeof NotificationDocument>,
    @InjectModel(ReadMarkDocument) private readonly marks: Model<typeof ReadMarkDocument>,
  ) {
    super()
  }

  add(notifications: readonly Notification[]): Promise<void> {
    return insertMissing(
      this.notifications,
      notifications.map(({ id, ...rest }) => ({ _id: id, ...rest, read: false })),
    )
  }

  async recordReading(userId: UserId, conversationId: ConversationId, seq: number): Promise<void> {
    await this.#advance(userId, conversationId, seq)
    await this.#markRead(conversationId, [{ userId, seq }])
  }

  async applyReadings(conversationId: ConversationId, userIds: readonly UserId[], fromSeq: number): Promise<void> {
    const ids = userIds.map((userId) => markId(userId, conversationId))
    const marks = await this.marks.find({ _id: { $in: ids } }).lean()
    await this.#markRead(
      conversationId,
      marks.filter(({ seq }) => seq >= fromSeq),
    )
  }

  async forget(conversationId: ConversationId, userIds: readonly UserId[]): Promise<void> {
    if (userIds.length === 0) return
    const filters = userIds.flatMap((userId) =>
      kinds.flatMap((kind) => [false, true].map((read) => ({ userId, kind, read, conversationId }))),
    )
    await collectionOf(this.notifications).bulkWrite(
      filters.map((filter) => ({ deleteMany: { filter } })),
      { ordered: false },
    )
  }

  countUnread(userId: UserId): Promise<number> {
    return this.notifications.countDocuments({ userId, kind: 'message', read: false }, { limit: maxCounted })
  }

  async #markRead(
    conversationId: ConversationId,
    readings: readonly Pick<ReadMarkDocument, 'userId' | 'seq'>[],
  ): Promise<void> {
    if (readings.length === 0) return
    const filters = readings.flatMap(({ userId, seq }) =>
      kinds.map((kind) => ({ userId, kind, read: false, conversationId, seq: { $lte: seq } })),
    )
    await collectionOf(this.notifications).bulkWrite(
      filters.map((filter) => ({ updateMany: { filter, update: { $set: { read: true } } } })),
      { ordered: false },
    )
  }

  async #advance(userId: UserId, conversationId: ConversationId, seq: number): Promise<void> {
    const _id = markId(userId, conversationId)
    const move = (upsert: boolean) =>
      this.marks.updateOne({ _id }, { $max: { seq }, $setOnInsert: { userId, conversationId } }, { upsert })
    try {
      await move(true)
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      // Two made it at once; it exists now.
      await move(false)
    }
  }
}
