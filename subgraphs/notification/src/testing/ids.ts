import { randomUUID } from 'node:crypto'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Joining } from '../domain/notification'

export const newUser = (): UserId => randomUUID() as UserId
export const newConversation = (): ConversationId => randomUUID() as ConversationId

/** One person adds another, unless a test says who and where. */
export const newJoining = (parts: Partial<Joining> = {}): Joining => ({
  eventId: randomUUID(),
  conversationId: newConversation(),
  actorId: newUser(),
  memberIds: [newUser()],
  at: new Date(),
  ...parts,
})
