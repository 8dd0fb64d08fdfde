import { Injectable } from '@nestjs/common'
import { conversationId, type ConversationId, messageId, type MessageId, userId, type UserId } from '@parley/kernel/ids'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { findByIds } from '@parley/platform/mongo/find-by-ids'
import { collectionOf, type Filter, InjectModel, type Model } from '@parley/platform/mongo/mongo.module'
import { upsertAll } from '@parley/platform/mongo/upsert-all'
import { index, modelOptions, prop } from '@typegoose/typegoose'
import { keptSeconds, Notifications } from '../application/notifications'
import { type Notification, type NotificationKind, placeOf } from '../domain/notification'

@modelOptions({ schemaOptions: { collection: 'notifications', versionKey: false } })
@index({ userId: 1, place: -1 })
@index({ userId: 1, conversationId: 1, at: 1 })
@index({ messageId: 1, seq: 1 })
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
  @prop({ type: () => Number }) seq?: number
  @prop({ required: true, type: () => String }) actorId!: string
  @prop({ required: true, type: () => Date }) at!: Date
  /** `placeOf`: one field, so that a page is one range of the index. */
  @prop({ required: true, type: () => String }) place!: string
}

/** A person who has left a conversation, and whether they are back. Who has never left has none. */
@modelOptions({ schemaOptions: { collection: 'departures', versionKey: false } })
@index({ _id: 1, version: 1 })
export class DepartureDocument {
  /** `userId:conversationId`. */
  @prop({ required: true, type: () => String }) _id!: string
  /** Of the conversation, when they last left or came back. */
  @prop({ required: true, type: () => Number }) version!: number
  @prop({ required: true, type: () => Boolean }) isGone!: boolean
}

export const documents = [NotificationDocument, DepartureDocument]

const departureId = (userId: string, conversationId: string): string => `${userId}:${conversationId}`

/** Sorts after every place, so that the range of a first page is bounded too. */
const behindAll = '~'

@Injectable()
export class MongoNotifications extends Notifications {
  constructor(
    @InjectModel(NotificationDocument) private readonly notifications: Model<typeof NotificationDocument>,
    @InjectModel(DepartureDocument) private readonly departures: Model<typeof DepartureDocument>,
  ) {
    super()
  }

  add(notifications: readonly Notification[]): Promise<void> {
    return insertMissing(
      this.notifications,
      notifications.map((told) => {
        const { id: _id, messageId: about, seq, ...rest } = told
        return {
          _id,
          ...rest,
          ...(about === null || seq === null ? {} : { messageId: about, seq }),
          place: placeOf(told),
        }
      }),
    )
  }

  async leave(userId: UserId, conversationId: ConversationId, version: number): Promise<void> {
    const _id = departureId(userId, conversationId)
    const update = { $set: { version, isGone: true } }
    await upsertAll(this.departures, [{ filter: { _id, version: { $lt: version } }, update }])
    const last = await collectionOf(this.departures).findOne({ _id })
    // Also a second time: the first may have ended before this.
    if (last?.version === version) await this.#forget(userId, conversationId)
  }

  async enter(userIds: readonly UserId[], conversationId: ConversationId, version: number): Promise<void> {
    if (userIds.length === 0) return
    const changes = userIds.map((userId) => ({
      updateOne: {
        filter: { _id: departureId(userId, conversationId), version: { $lt: version } },
        update: { $set: { version, isGone: false } },
      },
    }))
    await collectionOf(this.departures).bulkWrite(changes, { ordered: false })
  }

  async forgetFormer(told: readonly Notification[]): Promise<void> {
    if (told.length === 0) return
    const departureOf = (one: Notification) => departureId(one.userId, one.conversationId)
    const departures = await findByIds(this.departures, told.map(departureOf))
    const gone = new Set(departures.flatMap(({ _id, isGone }) => (isGone ? [_id] : [])))
    // No others: who has just come back may have been told so meanwhile.
    const ids = told.filter((one) => gone.has(departureOf(one))).map(({ id }) => id)
    if (ids.length > 0)
      await collectionOf(this.notifications).updateMany({ _id: { $in: ids } }, { $unset: { userId: '' } })
  }

  async #forget(userId: UserId, conversationId: ConversationId): Promise<void> {
    await collectionOf(this.notifications).updateMany({ userId, conversationId }, { $unset: { userId: '' } })
  }

  async takeBack(about: MessageId, userIds: readonly UserId[] | null, seq: number): Promise<void> {
    const told = { messageId: about, seq: { $lte: seq } }
    const takeBack = (filter: Filter<NotificationDocument>) =>
      collectionOf(this.notifications).updateMany(filter, { $unset: { userId: '' } })
    if (userIds === null) {
      await takeBack(told)
      return
    }
    // By their ids: two ranges in one filter are a scan for some engines.
    const rows = await collectionOf(this.notifications)
      .find(told, { projection: { userId: 1 } })
      .toArray()
    const ids = rows.filter(({ userId: id }) => userIds.some((one) => one === id)).map(({ _id }) => _id)
    if (ids.length > 0) await takeBack({ _id: { $in: ids } })
  }

  async list(reader: UserId, place: string | null, limit: number): Promise<readonly Notification[]> {
    const found = await this.notifications
      .find({ userId: reader, place: { $lt: place ?? behindAll } })
      .sort({ place: -1 })
      .limit(limit)
      .lean()
    return found.map(({ _id, kind, at, seq = null, ...ids }) => ({
      id: _id,
      userId: reader,
      kind,
      conversationId: conversationId(ids.conversationId),
      messageId: ids.messageId === undefined ? null : messageId(ids.messageId),
      seq,
      actorId: userId(ids.actorId),
      at,
    }))
  }
}
