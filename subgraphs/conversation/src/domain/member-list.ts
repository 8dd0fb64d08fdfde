import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'

export const maxMembers = 100

/** Everybody once, in the order of their first mention. Throws `TOO_MANY_MEMBERS` when no conversation could hold so many. */
export function memberList(userIds: readonly UserId[]): readonly UserId[] {
  const distinct = [...new Set(userIds)]
  if (distinct.length > maxMembers)
    throw new DomainError('input', 'TOO_MANY_MEMBERS', `A conversation has at most ${maxMembers} members.`)
  return distinct
}
