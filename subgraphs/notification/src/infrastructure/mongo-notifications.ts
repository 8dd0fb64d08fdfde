import { Injectable } from '@nestjs/common'
import { conversationId, type ConversationId, messageId, type MessageId, userId, type UserId } from '@parley/kernel/ids'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { collectionOf, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { index, modelOptions, prop } from '@typegoose/typegoose'
import { keptSeconds, Notifications } from '../application/notifications'
import { type Notification, type NotificationKind, placeOf } from '../domain/notification'

@modelOptions({ schemaOptions: { collection: 'notifications', versionKey: false } })
@index({ userId: 1, place: -1 })
@index({ userId: 1, conversationId: 1, at: 1 })
@index({ messageId: 1, at: 1 })
@index({ at: 1 }, { expireAfterSeconds: keptSeconds })
export class NotificationDocument {
  @prop({ required: true, type: () => String }) _id!: string
  /**
   * Removed when it is forgotten: it is in no list any more, and its id still keeps a redelivered event from creating
   * it again.
   */
  @prop({ type: () => String }) userId?: string
  @prop({ required: true, type: () => String }) kind!: NotificationKind
  @prop({ required: true, type: () => String }) conversationId!: string
  /** Absent for those that are about no message. */
  @prop({ type: () => String }) messageId?: string
  @prop({ required: true, type: () => String }) actorId!: string
  @prop({ required: true, type: () => Date }) at!: Date
  /** `placeOf`: one field, so that a page is one range of the index. */
  @prop({ required: true, type: () => String }) place!: string
}

export const documents = [NotificationDocument]

/** Sorts after every place, so that the range of a first page is bounded too. */
const behindAll = '~'

@Injectable()
export class MongoNotifications extends Notifications {
  constructor(@InjectModel(NotificationDocument) private readonly notifications: Model<typeof NotificationDocument>) {
    super()
  }

  add(notifications: readonly Notification[]): Promise<void> {
    return insertMissing(
      this.notifications,
      notifications.map((told) => {
        const { id: _id, messageId: about, ...rest } = told
        return { _id, ...rest, ...(about === null ? {} : { messageId: about }), place: placeOf(told) }
      }),
    )
  }

  async forget(userId: UserId, conversationId: ConversationId, until: Date): Promise<void> {
    await collectionOf(this.notifications).updateMany(
      { userId, conversationId, at: { $lte: until } },
      { $unset: { userId: '' } },
    )
  }

  async takeBack(about: MessageId, userIds: readonly UserId[] | null, until: Date): Promise<void> {
    const told = { messageId: about, at: { $lte: until } }
    const filter = userIds === null ? told : { ...told, userId: { $in: [...userIds] } }
    await collectionOf(this.notifications).updateMany(filter, { $unset: { userId: '' } })
  }

  async list(reader: UserId, place: string | null, limit: number): Promise<readonly Notification[]> {
    const found = await this.notifications
      .find({ userId: reader, place: { $lt: place ?? behindAll } })
      .sort({ place: -1 })
      .limit(limit)
      .lean()
    return found.map(({ _id, kind, at, ...ids }) => ({
      id: _id,
      userId: reader,
      kind,
      conversationId: conversationId(ids.conversationId),
      messageId: ids.messageId === undefined ? null : messageId(ids.messageId),
      actorId: userId(ids.actorId),
      at,
    }))
  }
}
