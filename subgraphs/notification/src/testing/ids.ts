import { randomUUID } from 'node:crypto'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { SentMessage } from '../domain/notification'

export const newUser = (): UserId => randomUUID() as UserId
export const newConversation = (): ConversationId => randomUUID() as ConversationId

/** A message of somebody somewhere, unless a test says who and where. */
export const newMessage = (parts: Partial<SentMessage> = {}): SentMessage => ({
  eventId: randomUUID(),
  conversationId: newConversation(),
  seq: 1,
  authorId: newUser(),
  excerpt: 'Hello',
  at: new Date(),
  ...parts,
})
