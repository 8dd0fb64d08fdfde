import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'

/** Why a person is notified. */
export type NotificationKind = 'ADDED' | 'MENTIONED'

/** One notification of one person. */
export interface Notification {
  /** `eventId:userId`, so that a duplicate event creates no second notification. */
  readonly id: string
  readonly userId: UserId
  readonly kind: NotificationKind
  readonly conversationId: ConversationId
  /** The message that mentions them; null for other kinds. */
  readonly messageId: MessageId | null
  /** The place of the event that mentions them in the log of the conversation; null for other kinds. */
  readonly seq: number | null
  /** The person who did it. */
  readonly actorId: UserId
  readonly at: Date
}

export interface Joining {
  readonly eventId: string
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly memberIds: readonly UserId[]
  /** Of the conversation, after they joined. */
  readonly version: number
  readonly at: Date
}

/** Notifies everyone who was added, except the actor. */
export const addedNotifications = ({
  eventId,
  memberIds,
  version: _joined,
  ...told
}: Joining): readonly Notification[] =>
  memberIds
    .filter((userId) => userId !== told.actorId)
    .map((userId) => ({ id: `${eventId}:${userId}`, userId, kind: 'ADDED', messageId: null, seq: null, ...told }))

/** What a message that was sent, edited or deleted says of whom it mentions. */
export interface MentionChange {
  readonly eventId: string
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  readonly seq: number
  readonly actorId: UserId
  readonly mentioned: readonly UserId[]
  /** Null for everybody. */
  readonly unmentioned: readonly UserId[] | null
  readonly at: Date
}

/** Notifies those whom a message newly mentions. */
export const mentionNotifications = ({
  eventId,
  mentioned,
  unmentioned: _former,
  ...told
}: MentionChange): readonly Notification[] =>
  mentioned
    .filter((userId) => userId !== told.actorId)
    .map((userId) => ({ id: `${eventId}:${userId}`, userId, kind: 'MENTIONED', ...told }))

/** The sort key of a notification in the list of a person: by time, then by id. Compares as text. */
export const placeOf = ({ at, id }: Pick<Notification, 'at' | 'id'>): string => `${at.toISOString()}/${id}`
