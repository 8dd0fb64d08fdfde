import { reactorNames, shownReactions } from './reactions'

const wish = (emoji: string, isAdded: boolean) => ({
  conversationId: 'c1',
  messageId: 'm1',
  emoji,
  isAdded,
  clientId: `k${emoji}`,
})
const reaction = (emoji: string, ...userIds: readonly string[]) => ({
  emoji,
  count: userIds.length,
  userIds: [...userIds],
})

describe('the shown reactions', () => {
  it('are those of the message, and say which are the viewer’s', () => {
    expect(shownReactions([reaction('👍', 'u2', 'u1'), reaction('❤️', 'u2')], [], 'u1')).toEqual([
      { emoji: '👍', userIds: ['u2', 'u1'], isOwn: true },
      { emoji: '❤️', userIds: ['u2'], isOwn: false },
    ])
  })

  it('have what the viewer added at once, once', () => {
    const wishes = [wish('👍', true), wish('🎉', true)]
    const before = shownReactions([reaction('👍', 'u2')], wishes, 'u1')
    expect(before).toEqual([
      { emoji: '👍', userIds: ['u2', 'u1'], isOwn: true },
      { emoji: '🎉', userIds: ['u1'], isOwn: true },
    ])
    const after = [reaction('👍', 'u2', 'u1'), reaction('🎉', 'u1')]
    expect(shownReactions(after, wishes, 'u1')).toEqual(before)
  })

  it('lack what the viewer removed at once, and never show an emoji without people', () => {
    const wishes = [wish('👍', false), wish('🎉', false), wish('🦆', false)]
    expect(shownReactions([reaction('👍', 'u1'), reaction('🎉', 'u1', 'u2')], wishes, 'u1')).toEqual([
      { emoji: '🎉', userIds: ['u2'], isOwn: false },
    ])
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
