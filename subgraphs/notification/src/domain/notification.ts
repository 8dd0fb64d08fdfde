import type { ConversationId, UserId } from '@parley/kernel/ids'

/** Something that somebody is told of. `message` counts as unread until it is read; `added` does not count. */
export interface Notification {
  readonly id: string
  readonly userId: UserId
  readonly kind: 'message' | 'added'
  readonly conversationId: ConversationId
  /** The message's place in its conversation; 0 for what has none. */
  readonly seq: number
  readonly actorId: UserId
  readonly excerpt: string
  readonly at: Date
}

export interface SentMessage {
  readonly eventId: string
  readonly conversationId: ConversationId
  readonly seq: number
  readonly authorId: UserId
  readonly excerpt: string
  readonly at: Date
}

export interface Joining {
  readonly eventId: string
  readonly conversationId: ConversationId
  readonly actorId: UserId
  readonly joinerIds: readonly UserId[]
  readonly at: Date
}

/** One for each event and person, so that an event that comes twice tells nobody twice. */
const notificationId = (eventId: string, userId: UserId): string => `${eventId}:${userId}`

export const messageNotifications = (message: SentMessage, memberIds: readonly UserId[]): readonly Notification[] =>
  memberIds
    .filter((userId) => userId !== message.authorId)
    .map((userId) => ({
      id: notificationId(message.eventId, userId),
      userId,
      kind: 'message',
      conversationId: message.conversationId,
      seq: message.seq,
      actorId: message.authorId,
      excerpt: message.excerpt,
      at: message.at,
    }))

/** Whoever begins a conversation or joins by their own hand knows it already. */
export const joiningNotifications = ({
  eventId,
  conversationId,
  actorId,
  joinerIds,
  at,
}: Joining): readonly Notification[] =>
  joinerIds
    .filter((userId) => userId !== actorId)
    .map((userId) => ({
      id: notificationId(eventId, userId),
      userId,
      kind: 'added',
      conversationId,
      seq: 0,
      actorId,
      excerpt: '',
      at,
    }))
