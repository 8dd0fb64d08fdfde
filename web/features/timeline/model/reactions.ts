import type { Message } from './events'

/** What the viewer wants of one emoji on one message, until the server has confirmed it. */
export interface ReactionWish {
  readonly conversationId: string
  readonly messageId: string
  readonly emoji: string
  readonly isAdded: boolean
  /** One for each wish, so that an unanswered one can be repeated. */
  readonly clientId: string
}

export interface ShownReaction {
  readonly emoji: string
  /** In the order in which they reacted. */
  readonly userIds: readonly string[]
  readonly isOwn: boolean
}

/** The reactions to a message as the viewer sees them: what they want is shown at once. */
export function shownReactions(
  reactions: Message['reactions'],
  wishes: readonly ReactionWish[],
  viewerId: string,
): readonly ShownReaction[] {
  const added = wishes.filter(({ isAdded }) => isAdded).map(({ emoji }) => emoji)
  const removed = wishes.filter(({ isAdded }) => !isAdded).map(({ emoji }) => emoji)
  const known = reactions.map(({ emoji, userIds }): ShownReaction => {
    if (removed.includes(emoji)) return { emoji, userIds: userIds.filter((id) => id !== viewerId), isOwn: false }
    const isOwn = userIds.includes(viewerId)
    if (isOwn || !added.includes(emoji)) return { emoji, userIds, isOwn }
    return { emoji, userIds: [...userIds, viewerId], isOwn: true }
  })
  const isKnown = (emoji: string) => reactions.some((reaction) => reaction.emoji === emoji)
  const fresh = added.filter((emoji) => !isKnown(emoji))
  return [
    ...known.filter(({ userIds }) => userIds.length > 0),
    ...fresh.map((emoji) => ({ emoji, userIds: [viewerId], isOwn: true })),
  ]
}

/** “Ada, Bob and you”: the viewer last, and at most some names. */
export function reactorNames(userIds: readonly string[], viewerId: string, nameOf: (id: string) => string): string {
  const others = userIds.filter((id) => id !== viewerId)
  const named = others.slice(0, maxNames).map(nameOf)
  const more = others.length - named.length
  const parts = [
    ...named,
    ...(more > 0 ? [`${more} more`] : []),
    ...(others.length < userIds.length ? [named.length === 0 ? 'You' : 'you'] : []),
  ]
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

const maxNames = 10
