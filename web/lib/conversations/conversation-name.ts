import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { type Person, personOf } from '../people/people'

/** The members other than the viewer, by the names that are known of them. */
export function othersIn(conversation: ConversationPartsFragment, viewerId: string): Person[] {
  return conversation.members
    .filter(({ userId }) => userId !== viewerId)
    .map(({ userId, user }) => personOf(userId, user))
}

/** What the viewer calls it: the group's title, or the other person's name. */
export function conversationName(conversation: ConversationPartsFragment, viewerId: string): string {
  if (conversation.title) return conversation.title
  const names = othersIn(conversation, viewerId).map((user) => user.displayName)
  return names.length === 0 ? 'Just you' : names.join(', ')
}

/** The id that decides the colour of its picture. */
export function conversationHueId(conversation: ConversationPartsFragment, viewerId: string): string {
  return conversation.kind === 'DIRECT' ? (othersIn(conversation, viewerId)[0]?.id ?? viewerId) : conversation.id
}

export function lastActivity(conversation: ConversationPartsFragment): string {
  return conversation.lastMessage?.sentAt ?? conversation.createdAt
}

/** Latest first; equal moments by id, so that the order never wavers. */
export function byActivity(a: ConversationPartsFragment, b: ConversationPartsFragment): number {
  const [left, right] = [lastActivity(a), lastActivity(b)]
  if (left !== right) return left < right ? 1 : -1
  return a.id < b.id ? 1 : -1
}
