import { index, modelOptions, prop } from '@typegoose/typegoose'

/** Kafka keeps its records for as long: no record of a joining can come later than the messages that are kept for it. */
export const keptSeconds = 7 * 86_400

/** One person told of one thing. The one index serves counting, marking as read and forgetting. */
@modelOptions({ schemaOptions: { collection: 'notifications', versionKey: false } })
@index({ userId: 1, kind: 1, read: 1, conversationId: 1, seq: 1 })
export class NotificationDocument {
  /** `${eventId}:${userId}` */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) userId!: string
  @prop({ required: true, type: () => String }) kind!: 'message' | 'added'
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => Number }) seq!: number
  @prop({ required: true, type: () => String }) actorId!: string
  @prop({ type: () => String, default: '' }) excerpt!: string
  @prop({ required: true, type: () => Date }) at!: Date
  @prop({ required: true, type: () => Boolean }) read!: boolean
}

/** How far somebody has read a conversation; it only moves forward. */
@modelOptions({ schemaOptions: { collection: 'read_marks', versionKey: false } })
export class ReadMarkDocument {
  /** `${userId}:${conversationId}` */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) userId!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => Number }) seq!: number
}

@modelOptions({ schemaOptions: { collection: 'recent_messages', versionKey: false } })
@index({ conversationId: 1, at: 1 })
@index({ at: 1 }, { expireAfterSeconds: keptSeconds })
export class RecentMessageDocument {
  /** The event's id. */
  @prop({ required: true, type: () => String }) _id!: string
  @prop({ required: true, type: () => String }) conversationId!: string
  @prop({ required: true, type: () => Number }) seq!: number
  @prop({ required: true, type: () => String }) authorId!: string
  @prop({ type: () => String, default: '' }) excerpt!: string
  @prop({ required: true, type: () => Date }) at!: Date
}

export const documents = [NotificationDocument, ReadMarkDocument, RecentMessageDocument]
