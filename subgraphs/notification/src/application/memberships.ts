import type { ConversationId, UserId } from '@parley/kernel/ids'

/** This subgraph's own copy of who is in which conversation; on a miss the owner is asked. */
export abstract class Memberships {
  /** The members as they are now, never from memory. Rejects for a conversation that nobody knows. */
  abstract current(conversationId: ConversationId): Promise<readonly UserId[]>
}
