import type { ConversationId, UserId } from '@parley/kernel/ids'

/** Tells the open streams of people that something changed for them. A hint may be lost or doubled: the count is the truth. */
export abstract class BadgeHints {
  /** Never rejects: a hint that does not get through is not worth failing for. */
  abstract publish(userIds: readonly UserId[], conversationId: ConversationId): Promise<void>

  /** Resolves once hints arrive; the result ends it. Rejects when the transport is away. */
  abstract subscribe(userId: UserId, onChange: (conversationId: ConversationId) => void): Promise<() => void>
}
