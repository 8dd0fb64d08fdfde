import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'

export const maxMembers = 100

/** Everybody once, in the order of their first mention. Throws `INVALID_INPUT` when no conversation could hold so many. */
export function memberList(userIds: readonly UserId[]): readonly UserId[] {
  const distinct = [...new Set(userIds)]
  if (distinct.length > maxMembers)
    throw new DomainError('input', 'INVALID_INPUT', `A conversation has at most ${maxMembers} members.`)
  return distinct
}
