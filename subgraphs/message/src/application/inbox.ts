import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { ReadState } from '../domain/read-state'

/** The inboxes of users with their read positions: the one owner of unread counts. */
export abstract class Inbox {
  /** Unknown conversations are left out. */
  abstract readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, ReadState>>

  /** Each of them has read up to this line. Only moves forward, also with concurrent writes from two devices. */
  abstract markRead(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void>

  /** This line never counts as unread for these users. Lines before it are not affected. */
  abstract skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void>

  /** The conversations in which a user has read, written, joined or left since then. */
  abstract changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]>
}
