import type { ConversationPartsFragment } from '../graphql/__generated__/fragments'
import { matching } from '../name-search'
import { type Person, personOf } from '../people/people'

/** The other person of a direct conversation, with the newest known name; null for a group. */
export function peerOf({ peerId, peer }: ConversationPartsFragment): Person | null {
  return peerId === null ? null : personOf(peerId, peer)
}

/** The name for the viewer: the group's title, or the other person's name. */
export function conversationName(conversation: ConversationPartsFragment): string {
  return conversation.title ?? peerOf(conversation)?.displayName ?? 'Conversation'
}

/** Those with the typed name, best matches first: that of the group, or both of the other person. */
export const conversationsNamed = (
  conversations: readonly ConversationPartsFragment[],
  typed: string,
): readonly ConversationPartsFragment[] =>
  matching(conversations, typed, (conversation) => [
    conversationName(conversation),
    peerOf(conversation)?.username ?? '',
  ])

/** The id that determines the colour of its picture. */
export function conversationHueId({ id, peerId }: ConversationPartsFragment): string {
  return peerId ?? id
}

/** The server's value is coarse, and is not sent with each message. */
export function lastActivity({ lastActivityAt, lastMessage }: ConversationPartsFragment): string {
  return lastMessage !== null && lastMessage.sentAt > lastActivityAt ? lastMessage.sentAt : lastActivityAt
}

/** Latest first; equal times by id, so that the order is stable. */
export function byActivity(a: ConversationPartsFragment, b: ConversationPartsFragment): number {
  const [left, right] = [lastActivity(a), lastActivity(b)]
  if (left !== right) return left < right ? 1 : -1
  return a.id < b.id ? 1 : -1
}
