import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { collectionOf, InjectModel, isDuplicateKey, type Model } from '@parley/platform/mongo/mongo.module'
import { maxCounted, Notifications } from '../application/notifications'
import type { Notification } from '../domain/notification'
import { NotificationDocument, ReadMarkDocument } from './documents'
import { insertMissing } from '@parley/platform/mongo/insert-missing'

const markId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`
const anyKind = { $in: ['added', 'message'] as const }

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
    await this.notifications.updateMany(covered(userId, conversationId, seq), { $set: { read: true } })
  }

  async applyReadings(conversationId: ConversationId, userIds: readonly UserId[], fromSeq: number): Promise<void> {
    const ids = userIds.map((userId) => markId(userId, conversationId))
    const marks = await this.marks.find({ _id: { $in: ids }, seq: { $gte: fromSeq } }).lean()
    if (marks.length === 0) return
    await collectionOf(this.notifications).bulkWrite(
      marks.map(({ userId, seq }) => ({
        updateMany: { filter: covered(userId, conversationId, seq), update: { $set: { read: true } } },
      })),
      { ordered: false },
    )
  }

  async forget(conversationId: ConversationId, userIds: readonly UserId[]): Promise<void> {
    if (userIds.length === 0) return
    await this.notifications.deleteMany({
      userId: { $in: [...userIds] },
      kind: anyKind,
      read: { $in: [false, true] },
      conversationId,
    })
  }

  countUnread(userId: UserId): Promise<number> {
    return this.notifications.countDocuments({ userId, kind: 'message', read: false }, { limit: maxCounted })
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

const covered = (userId: string, conversationId: string, seq: number) => ({
  userId,
  kind: anyKind,
  read: false,
  conversationId,
  seq: { $lte: seq },
})
