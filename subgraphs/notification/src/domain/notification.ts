import type { ConversationId, UserId } from '@parley/kernel/ids'

/** Why a person is told. */
export type NotificationKind = 'ADDED'

/** One thing that one person is told. */
export interface Notification {
  /** `eventId:userId`: an event that comes twice tells nobody twice. */
  readonly id: string
  readonly userId: UserId
  readonly kind: NotificationKind
  readonly conversationId: ConversationId
  /** Who did it. */
  readonly actorId: UserId
  readonly at: Date
}

export interface Joining {
  readonly eventId: string
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly memberIds: readonly UserId[]
  readonly at: Date
}

/** Everybody who was added is told, but not those who did it themselves. */
export const addedNotifications = ({ eventId, memberIds, ...told }: Joining): readonly Notification[] =>
  memberIds
    .filter((userId) => userId !== told.actorId)
    .map((userId) => ({ id: `${eventId}:${userId}`, userId, kind: 'ADDED', ...told }))

/** Where a notification stands among those of one person: by time, then by id. Places compare as text. */
export const placeOf = ({ at, id }: Pick<Notification, 'at' | 'id'>): string => `${at.toISOString()}/${id}`
