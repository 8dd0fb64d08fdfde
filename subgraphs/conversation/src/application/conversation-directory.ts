import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { ConversationKind, MemberRole } from '../domain/conversation'

export interface ConversationSummary {
  readonly id: ConversationId
  readonly kind: ConversationKind
  readonly title: string | null
  readonly topic: string | null
  readonly memberCount: number
  readonly createdAt: Date
  /** The time of the last message, joining, leaving or rename; accurate to five seconds. */
  readonly lastActivityAt: Date
}

export interface MemberSummary {
  readonly userId: UserId
  readonly role: MemberRole
  readonly joinedAt: Date
}

/** A position in a user's list of conversations. */
export interface ListPosition {
  readonly lastActivityAt: Date
  readonly id: ConversationId
}

/** The read models of conversations. */
export abstract class ConversationDirectory {
  /** Those of the conversations that exist and have the viewer as a member, in any order. */
  abstract visibleTo(viewer: UserId, ids: readonly ConversationId[]): Promise<readonly ConversationSummary[]>

  /** The viewer's conversations after a position, last activity first; equal times by id, descending. */
  abstract listOf(viewer: UserId, after: ListPosition | null, limit: number): Promise<readonly ConversationSummary[]>

  /** The members of each conversation, longest-standing first. A conversation without members is left out. */
  abstract membersOf(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, readonly MemberSummary[]>>
}
