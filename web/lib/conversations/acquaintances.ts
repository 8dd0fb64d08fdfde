import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { isNameless, type Person } from '../people/people'
import { peerOf } from './conversation-name'

interface Options {
  readonly viewerId: string
  /** Of a group; none while it is not known who they are. */
  readonly membersOf: (conversationId: string) => readonly Person[]
}

/** Those with whom the viewer has a conversation, in the order of the conversations: first in direct ones, then in groups. */
export function acquaintances(
  conversations: readonly ConversationPartsFragment[],
  { viewerId, membersOf }: Options,
): readonly Person[] {
  const peers = conversations.map(peerOf).filter((peer) => peer !== null)
  const members = conversations.filter(({ peerId }) => peerId === null).flatMap(({ id }) => membersOf(id))
  const met = new Map<string, Person>()
  for (const person of [...peers, ...members])
    if (person.id !== viewerId && !met.has(person.id) && !isNameless(person)) met.set(person.id, person)
  return [...met.values()]
}
