import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { ReadState } from '../domain/read-state'

/** What is in people's inboxes and how far they have read it: the one owner of what is unread. */
export abstract class Inbox {
  /** Conversations of which nothing is known are left out. */
  abstract readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, ReadState>>

  /** Each of them has read up to this line. Only ever moves forward, whichever of two devices is heard last. */
  abstract markRead(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void>

  /** Nobody of these has to read this line. What stands before it stays as it is. */
  abstract skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void>

  /** Where somebody has read, written, joined or left since then. */
  abstract changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]>
}
