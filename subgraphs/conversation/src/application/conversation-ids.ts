import { type ClientId, type ConversationId, conversationId, type UserId } from '@parley/kernel/ids'
import { v5 } from 'uuid'

const directConversations = 'b3ab2f5e-3f0c-4d53-9c7a-0d6e3f7f5a11'

/** Two people have one direct conversation, whichever of them starts it and however often. */
export const directConversationId = (one: UserId, other: UserId): ConversationId =>
  conversationId(v5([one, other].sort().join('+'), directConversations))

/** A client id of a creator always identifies the same group. */
export const groupConversationId = (creator: UserId, clientId: ClientId): ConversationId =>
  conversationId(v5(clientId, creator))
