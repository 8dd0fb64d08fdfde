import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'

/** Each user once, in the order of first mention. Throws `TOO_MANY_MEMBERS` when no conversation may have so many. */
export function memberList(userIds: readonly UserId[]): readonly UserId[] {
  const distinct = [...new Set(userIds)]
  if (distinct.length > limits.members)
    throw new DomainError('input', 'TOO_MANY_MEMBERS', `A conversation has at most ${limits.members} members.`)
  return distinct
}
