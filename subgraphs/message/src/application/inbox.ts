import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { ReadState, Unreading } from '../domain/read-state'

/** What others may be shown of somebody's reading. */
export interface Receipt {
  /** The furthest line that they have seen; marking as unread does not take it back. */
  readonly readLine: number
  /** The line of their joining: what came before it they have not been shown. 0 for those who were there at the start. */
  readonly sinceLine: number
}

/** The inboxes of users with their read positions: the one owner of unread counts. */
export abstract class Inbox {
  /** Unknown conversations are left out. */
  abstract readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, ReadState>>

  /**
   * They have read up to this line, told by a device that knew this revision. Only moves forward, also with concurrent
   * writes from two devices. Without a revision: see `afterReading`.
   */
  abstract markRead(userId: UserId, conversationId: ConversationId, line: number, revision?: number): Promise<void>

  /** The one way backward. Of concurrent ones from the same revision, the later line wins. */
  abstract markUnread(userId: UserId, conversationId: ConversationId, unreading: Unreading): Promise<void>

  /** They joined or left with this line: nothing up to it is unread for them, and nothing before it counts as seen. */
  abstract enter(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void>

  /** Those who have no row are left out. */
  abstract receipts(conversationId: ConversationId, userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Receipt>>

  /** This line never counts as unread for these users. Lines before it are not affected. */
  abstract skipLine(userIds: readonly UserId[], conversationId: ConversationId, line: number): Promise<void>

  /** The conversations in which a user has read, written, joined or left since then. */
  abstract changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]>
}
