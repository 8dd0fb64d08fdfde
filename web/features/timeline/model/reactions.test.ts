import { isOwnReaction, reactorNames, shownReactions, withReaction } from './reactions'

const reaction = (emoji: string, ...userIds: readonly string[]) => ({
  emoji,
  count: userIds.length,
  userIds: [...userIds],
})

describe('the reactions to a message', () => {
  const change = (emoji: string, isAdded: boolean) => ({ emoji, isAdded, userId: 'u1' })

  it('say which are the viewer’s', () => {
    const known = [reaction('👍', 'u2', 'u1'), reaction('❤️', 'u2')]
    expect(shownReactions(known, 'u1')).toEqual([
      { emoji: '👍', userIds: ['u2', 'u1'], isOwn: true },
      { emoji: '❤️', userIds: ['u2'], isOwn: false },
    ])
    expect(['👍', '❤️', '🎉'].map((emoji) => isOwnReaction(known, emoji, 'u1'))).toEqual([true, false, false])
  })

  it('have what is added, once', () => {
    const added = (reactions: ReturnType<typeof reaction>[]) =>
      ['👍', '🎉'].reduce((state, emoji) => withReaction(state, change(emoji, true)), reactions)
    const after = [reaction('👍', 'u2', 'u1'), reaction('🎉', 'u1')]
    expect(added([reaction('👍', 'u2')])).toEqual(after)
    expect(added(after)).toEqual(after)
  })

  it('lack what is removed, and have no emoji without people', () => {
    const left = ['👍', '🎉', '🦆'].reduce(
      (state, emoji) => withReaction(state, change(emoji, false)),
      [reaction('👍', 'u1'), reaction('🎉', 'u1', 'u2')],
    )
    expect(left).toEqual([reaction('🎉', 'u2')])
  })
})

describe('the names of who reacted', () => {
  const nameOf = (id: string) => id.toUpperCase()
  const many = Array.from({ length: 14 }, (_, index) => `p${index}`)
  it.each([
    [['a'], 'A'],
    [['me'], 'You'],
    [['a', 'b'], 'A and B'],
    [['me', 'a', 'b'], 'A, B and you'],
    [many, 'P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 and 4 more'],
    [[...many, 'me'], 'P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, 4 more and you'],
  ])('of %j are “%s”', (userIds, names) => {
    expect(reactorNames(userIds, 'me', nameOf)).toBe(names)
  })
})
