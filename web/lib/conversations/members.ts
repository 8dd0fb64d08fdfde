import type { ApolloCache } from '@apollo/client'
import { isNameless, type Person, personOf } from '../people/people'
import { type Members, membersIn } from './conversation-cache'

/** The members of a conversation whose names are known; none while it is not known who they are. */
export function membersOf(cache: ApolloCache, conversationId: string): readonly Person[] {
  const members = membersIn(cache, conversationId)?.map(({ userId, user }) => personOf(userId, user)) ?? []
  return members.filter((person) => !isNameless(person))
}

/** The members other than the viewer, with their known names. */
export function othersAmong(members: Members, viewerId: string): Person[] {
  return members.filter(({ userId }) => userId !== viewerId).map(({ userId, user }) => personOf(userId, user))
}
