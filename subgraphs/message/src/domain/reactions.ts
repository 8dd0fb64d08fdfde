import { type Emoji, emojiIn } from '@parley/kernel/emoji'
import { DomainError, InvalidFields } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'

/** One emoji on a message. */
export interface Reaction {
  readonly emoji: Emoji
  /** Who reacted with it, in the order in which they did; never empty. */
  readonly userIds: readonly UserId[]
}

/** The reactions to a message, in the order of their first one. */
export type Reactions = readonly Reaction[]

export const noReactions: Reactions = []

const { perMessage, perPerson, people } = limits.reactions

/** Throws InvalidFields for a text that is not exactly one emoji. */
export function reactionEmoji(text: string): Emoji {
  const emoji = emojiIn(text)
  if (emoji !== null) return emoji
  const message = 'A reaction is exactly one emoji.'
  throw new InvalidFields([{ field: 'emoji', code: 'NOT_AN_EMOJI', message }])
}

const refusal = (message: string): DomainError => new DomainError('state', 'TOO_MANY_REACTIONS', message)

/** The same object when the user has reacted with it already. Throws TOO_MANY_REACTIONS. */
export function withReaction(reactions: Reactions, emoji: Emoji, userId: UserId): Reactions {
  const known = reactions.find((reaction) => reaction.emoji === emoji)
  if (known?.userIds.includes(userId) === true) return reactions
  const own = reactions.filter(({ userIds }) => userIds.includes(userId)).length
  if (own >= perPerson) throw refusal(`You can react to a message with up to ${perPerson} emoji. Remove one first.`)
  if (known === undefined) {
    if (reactions.length >= perMessage)
      throw refusal(`A message can have up to ${perMessage} different emoji. Use one of those that are there.`)
    return [...reactions, { emoji, userIds: [userId] }]
  }
  if (known.userIds.length >= people) throw refusal(`Up to ${people} people can react with the same emoji.`)
  const joined = { emoji, userIds: [...known.userIds, userId] }
  return reactions.map((reaction) => (reaction === known ? joined : reaction))
}

/** The same object when the user has not reacted with it. */
export function withoutReaction(reactions: Reactions, emoji: Emoji, userId: UserId): Reactions {
  const known = reactions.find((reaction) => reaction.emoji === emoji)
  if (known?.userIds.includes(userId) !== true) return reactions
  const left = { emoji, userIds: known.userIds.filter((id) => id !== userId) }
  return left.userIds.length === 0
    ? reactions.filter((reaction) => reaction !== known)
    : reactions.map((reaction) => (reaction === known ? left : reaction))
}
