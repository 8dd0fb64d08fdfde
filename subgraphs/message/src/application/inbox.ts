import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Mute } from '../domain/mute'
import type { ReadState, Unreading } from '../domain/read-state'

/** What others may be shown of somebody's reading. */
export interface Receipt {
  /** The furthest line that they have seen; marking as unread does not take it back. */
  readonly readLine: number
  /** The line of their joining: what came before it they have not been shown. 0 for those who were there at the start. */
  readonly sinceLine: number
}

/** What a user's inbox knows of a conversation. */
export interface InboxState extends ReadState {
  /** As it was made: it may have ended. Absent for one that was never muted. */
  readonly mute?: Mute
}

/** The inboxes of users with their read positions: the one owner of unread counts. */
export abstract class Inbox {
  /** Unknown conversations are left out. */
  abstract readStates(
    userId: UserId,
    conversationIds: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, InboxState>>

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

  /** Whether they want to be told of it. Each call is the later one. */
  abstract setMute(userId: UserId, conversationId: ConversationId, wish: Omit<Mute, 'revision'>): Promise<void>

  /** Those of these users who have muted it at that time. */
  abstract mutedBy(conversationId: ConversationId, userIds: readonly UserId[], at: Date): Promise<ReadonlySet<UserId>>

  /** The conversations in which a user has read, written, joined or left, or which they have muted or unmuted, since then. */
  abstract changedSince(userId: UserId, since: Date): Promise<readonly ConversationId[]>
}
