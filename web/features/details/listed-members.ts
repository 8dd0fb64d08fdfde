import { personOf, type Person } from '../../lib/people/people'
import type { Members } from '../../lib/conversations/conversation-cache'

export interface ListedMember {
  readonly person: Person
  readonly isOwner: boolean
  readonly isViewer: boolean
}

/** With fewer the whole list is seen at once. */
const filteredFrom = 12

export const isFiltered = (members: Members): boolean => members.length >= filteredFrom

/** Owners first, then by name; of a filter those whose name or username has it. */
export function listedMembers(members: Members, viewerId: string, filter = ''): readonly ListedMember[] {
  const needle = filter.trim().toLocaleLowerCase()
  return members
    .map(({ userId, user, role }) => ({
      person: personOf(userId, user),
      isOwner: role === 'OWNER',
      isViewer: userId === viewerId,
    }))
    .filter(({ person: { displayName, username } }) =>
      [displayName.toLocaleLowerCase(), username].some((name) => name.includes(needle)),
    )
    .toSorted(
      (one, other) =>
        Number(other.isOwner) - Number(one.isOwner) ||
        one.person.displayName.localeCompare(other.person.displayName) ||
        (one.person.id < other.person.id ? -1 : 1),
    )
}
