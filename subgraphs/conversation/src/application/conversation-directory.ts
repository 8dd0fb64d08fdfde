import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { ConversationKind, MemberRole } from '../domain/conversation'

export interface ConversationSummary {
  readonly id: ConversationId
  readonly kind: ConversationKind
  readonly title: string | null
  readonly memberCount: number
  readonly createdAt: Date
  /** When somebody last wrote, or joined, left or renamed it; to within five seconds. */
  readonly lastActivityAt: Date
}

export interface MemberSummary {
  readonly userId: UserId
  readonly role: MemberRole
  readonly joinedAt: Date
}

/** A place in somebody's list of conversations. */
export interface ListPosition {
  readonly lastActivityAt: Date
  readonly id: ConversationId
}

/** The read models: what people see of conversations. */
export abstract class ConversationDirectory {
  /** Those of the conversations that exist and have the viewer as a member, in any order. */
  abstract visibleTo(viewer: UserId, ids: readonly ConversationId[]): Promise<readonly ConversationSummary[]>

  /** The viewer's conversations after a position, the last activity first; equal times by id, descending. */
  abstract listOf(viewer: UserId, after: ListPosition | null, limit: number): Promise<readonly ConversationSummary[]>

  /** The members of each conversation, the longest-standing first. A conversation that nobody is in is left out. */
  abstract membersOf(ids: readonly ConversationId[]): Promise<ReadonlyMap<ConversationId, readonly MemberSummary[]>>
}
