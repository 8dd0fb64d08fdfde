import { randomUUID } from 'node:crypto'
import type { MessageId } from '@parley/kernel/ids'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import type { Joining, MentionChange } from '../domain/notification'

/** One person adds another, with random ids by default. */
export const newJoining = (parts: Partial<Joining> = {}): Joining => ({
  eventId: randomUUID(),
  conversationId: newConversation(),
  actorId: newUser(),
  memberIds: [newUser()],
  version: 1,
  at: new Date(),
  ...parts,
})

/** A message mentions a person, with random ids by default. */
export const newMention = (parts: Partial<MentionChange> = {}): MentionChange => ({
  eventId: randomUUID(),
  conversationId: newConversation(),
  messageId: randomUUID() as MessageId,
  seq: 2,
  actorId: newUser(),
  mentioned: [newUser()],
  unmentioned: [],
  at: new Date(),
  ...parts,
})
