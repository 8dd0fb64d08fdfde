import type { ConversationId, UserId } from '@parley/kernel/ids'

/** This subgraph's own copy of who is in which conversation; on a miss the owner is asked. */
export abstract class Memberships {
  abstract isMember(conversationId: ConversationId, userId: UserId): Promise<boolean>
}
