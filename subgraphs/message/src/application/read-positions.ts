import type { ConversationId, UserId } from '@parley/kernel/ids'

/** Up to which seq each member has read. Only ever moves forward. */
export abstract class ReadPositions {
  abstract advance(conversationId: ConversationId, userId: UserId, seq: number): Promise<void>
  abstract load(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, number>>

  /** Messages of others with `after < seq ≤ headSeq`. */
  abstract countUnread(conversationId: ConversationId, userId: UserId, after: number, headSeq: number): Promise<number>
}
