import type { UserId } from '@parley/kernel/ids'
import type { MembershipReplica } from '@parley/memberships/membership-replica'
import type { Inbox } from '../application/inbox'
import { MentionedPeople } from '../application/mentioned-people'
import { MemoryInbox } from './memory-inbox'

/** The same members in every conversation. */
export const mentionedPeople = (
  members: readonly UserId[] = [],
  among: (userIds: readonly UserId[]) => Promise<readonly UserId[]> = (userIds) => Promise.resolve(userIds),
  inbox: Inbox = new MemoryInbox(),
): MentionedPeople => {
  const memberships = { members: () => Promise.resolve(members.map((userId) => ({ userId, role: 'member' }))) }
  return new MentionedPeople(memberships as unknown as MembershipReplica, { among }, inbox)
}
