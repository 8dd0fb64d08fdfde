import type { Message } from './events'

export interface ShownReaction {
  readonly emoji: string
  /** In the order in which they reacted. */
  readonly userIds: readonly string[]
  readonly isOwn: boolean
}

type Reactions = Message['reactions']

/** The reactions to a message as the viewer sees them. */
export const shownReactions = (reactions: Reactions, viewerId: string): readonly ShownReaction[] =>
  reactions.map(({ emoji, userIds }) => ({ emoji, userIds, isOwn: userIds.includes(viewerId) }))

export const isOwnReaction = (reactions: Reactions, emoji: string, viewerId: string): boolean =>
  reactions.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(viewerId))

interface Toggled {
  readonly emoji: string
  readonly isAdded: boolean
  readonly userId: string
}

/** The reactions with one of this person, or without it; an emoji without people is not among them. */
export function withReaction(reactions: Reactions, { emoji, isAdded, userId }: Toggled): Reactions {
  const known = reactions.find((reaction) => reaction.emoji === emoji)?.userIds ?? []
  const others = known.filter((id) => id !== userId)
  const userIds = !isAdded ? others : known.includes(userId) ? known : [...known, userId]
  const next = { emoji, count: userIds.length, userIds }
  const all = known.length === 0 ? [...reactions, next] : reactions.map((one) => (one.emoji === emoji ? next : one))
  return all.filter((one) => one.userIds.length > 0)
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
