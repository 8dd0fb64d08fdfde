import type { Emoji } from '@parley/kernel/emoji'
import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { newUser } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import { noReactions, reactionEmoji, type Reactions, withoutReaction, withReaction } from './reactions'

const [ann, ben] = [newUser(), newUser()]
const [thumb, heart, dark] = ['👍', '❤️', '👍🏿'].map(reactionEmoji) as [Emoji, Emoji, Emoji]

const tooMany = expect.objectContaining({ code: 'TOO_MANY_REACTIONS' }) as Error

interface Change {
  readonly emoji: Emoji
  readonly userId: UserId
  readonly isAdded: boolean
}

const applied = (changes: readonly Change[], from: Reactions = noReactions): Reactions =>
  changes.reduce(
    (reactions, { emoji, userId, isAdded }) => (isAdded ? withReaction : withoutReaction)(reactions, emoji, userId),
    from,
  )
const add = (userId: UserId, ...emoji: readonly Emoji[]) => emoji.map((one) => ({ emoji: one, userId, isAdded: true }))
const remove = (userId: UserId, ...emoji: readonly Emoji[]) =>
  emoji.map((one) => ({ emoji: one, userId, isAdded: false }))

/** As many different emoji as one likes. */
const faces = (count: number, from = 0): readonly Emoji[] =>
  Array.from({ length: count }, (_, index) => String.fromCodePoint(0x1f600 + from + index) as Emoji)

describe('the reactions to a message', () => {
  it.each<readonly [what: string, changes: readonly Change[], expected: Reactions]>([
    ['none at first', [], []],
    ['one', add(ann, thumb), [{ emoji: thumb, userIds: [ann] }]],
    [
      'the same of two people, in the order of time',
      [...add(ben, thumb), ...add(ann, thumb)],
      [{ emoji: thumb, userIds: [ben, ann] }],
    ],
    [
      'several of one person, one of each',
      add(ann, thumb, heart, thumb),
      [
        { emoji: thumb, userIds: [ann] },
        { emoji: heart, userIds: [ann] },
      ],
    ],
    [
      'skin tones are different emoji',
      add(ann, thumb, dark),
      [
        { emoji: thumb, userIds: [ann] },
        { emoji: dark, userIds: [ann] },
      ],
    ],
    [
      'one is removed',
      [...add(ann, thumb), ...add(ben, thumb), ...remove(ann, thumb)],
      [{ emoji: thumb, userIds: [ben] }],
    ],
    ['the last one is removed', [...add(ann, thumb, heart), ...remove(ann, thumb)], [{ emoji: heart, userIds: [ann] }]],
    ['another’s stays', [...add(ann, thumb), ...remove(ben, thumb)], [{ emoji: thumb, userIds: [ann] }]],
  ])('%s', (_what, changes, expected) => {
    expect(applied(changes)).toEqual(expected)
  })

  it('are the same object when nothing changes', () => {
    const reactions = applied(add(ann, thumb))
    expect(applied(add(ann, thumb), reactions)).toBe(reactions)
    expect(applied([...remove(ben, thumb), ...remove(ann, heart)], reactions)).toBe(reactions)
  })

  it('have a limit for one person, and none of it is left by a repetition', () => {
    const { perPerson } = limits.reactions
    const full = applied(add(ann, ...faces(perPerson)))
    expect(applied(add(ann, ...faces(perPerson)), full)).toBe(full)
    expect(() => withReaction(full, thumb, ann)).toThrow(tooMany)
    expect(applied(add(ben, thumb), full)).toHaveLength(perPerson + 1)
    expect(applied([...remove(ann, ...faces(1)), ...add(ann, thumb)], full)).toHaveLength(perPerson)
  })

  it('have a limit for different emoji on a message, in which all can still join', () => {
    const { perMessage, perPerson } = limits.reactions
    const full = Array.from({ length: perMessage / perPerson }, (_, index) =>
      faces(perPerson, index * perPerson),
    ).reduce<Reactions>((reactions, some) => applied(add(newUser(), ...some), reactions), noReactions)
    expect(full).toHaveLength(perMessage)
    expect(() => withReaction(full, thumb, ann)).toThrow(tooMany)
    expect(applied(add(ann, ...faces(1)), full)[0]?.userIds).toHaveLength(2)
  })

  it('have a limit for the people with one emoji', () => {
    const { people } = limits.reactions
    const full = applied(Array.from({ length: people }, () => add(newUser(), thumb)).flat())
    expect(() => withReaction(full, thumb, ann)).toThrow(tooMany)
    expect(applied(add(ann, heart), full)).toHaveLength(2)
  })

  it('are at any time what a set of pairs would be, and no emoji is without people', () => {
    const change = fc.record({
      emoji: fc.constantFrom(thumb, heart, dark),
      userId: fc.constantFrom(ann, ben, newUser()),
      isAdded: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const pairs = new Set<string>()
        for (const { emoji, userId, isAdded } of changes) pairs[isAdded ? 'add' : 'delete'](`${emoji} ${userId}`)
        const reactions = applied(changes)
        expect(new Set(reactions.flatMap(({ emoji, userIds }) => userIds.map((id) => `${emoji} ${id}`)))).toEqual(pairs)
        expect(reactions.reduce((sum, { userIds }) => sum + userIds.length, 0)).toBe(pairs.size)
        expect(reactions.every(({ userIds }) => userIds.length > 0)).toBe(true)
      }),
      { seed: 11 },
    )
  })
})

describe('the emoji of a reaction', () => {
  it.each(['', 'yes', '👍👍', '\uD83D', '\u200B'])('is not %j', (text) => {
    const fault: unknown = expect.objectContaining({ field: 'emoji' })
    const refusal = { category: 'input', code: 'NOT_AN_EMOJI', faults: [fault] }
    expect(() => reactionEmoji(text)).toThrow(expect.objectContaining(refusal) as Error)
  })
})
