import type { ApolloCache } from '@apollo/client'
import { ConversationPartsFragmentDoc } from '../graphql/__generated__/fragments'
import { isNameless, type Person, personOf } from '../people/people'

/** The members of a conversation whose names are known; none while it is not in the cache. */
export function membersOf(cache: ApolloCache, conversationId: string): readonly Person[] {
  const conversation = cache.readFragment({
    fragment: ConversationPartsFragmentDoc,
    fragmentName: 'ConversationParts',
    id: `Conversation:${conversationId}`,
  })
  const members = conversation?.members.map(({ userId, user }) => personOf(userId, user)) ?? []
  return members.filter((person) => !isNameless(person))
}
