import { randomUUID } from 'node:crypto'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import type { Joining } from '../domain/notification'

/** One person adds another, with random ids by default. */
export const newJoining = (parts: Partial<Joining> = {}): Joining => ({
  eventId: randomUUID(),
  conversationId: newConversation(),
  actorId: newUser(),
  memberIds: [newUser()],
  at: new Date(),
  ...parts,
})
