import type { ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import type { Message } from '../domain/message'
import type { ReadState } from '../domain/read-state'
import type { FollowedThread } from '../domain/threads-view'

/** More of the threads that one user follows are not listed, nor counted, until there is a reply in them. */
export const maxFollowed = 500

/** The threads that concern each user, and their read positions in them. */
export abstract class Threads {
  /** The threads that a user follows in these conversations: the last with a reply first, at most 500. */
  abstract followed(userId: UserId, conversationIds: readonly ConversationId[]): Promise<readonly FollowedThread[]>

  /** In threads of these conversations; unknown threads are left out. */
  abstract readStates(userId: UserId, roots: readonly ThreadOf[]): Promise<ReadonlyMap<MessageId, ReadState>>

  /** They have read up to this line of the thread. Only moves forward, also with concurrent writes from two devices. */
  abstract markRead(userId: UserId, root: ThreadOf, line: number): Promise<void>

  /** The roots of the threads that a user has read, or written in, since then. */
  abstract readSince(userId: UserId, since: Date): Promise<readonly MessageId[]>
}

/** A thread by its root. */
export type ThreadOf = Pick<Message, 'id' | 'conversationId'>
