import { deliveryOf, noPositions, positionsAfter, readersOf } from './receipts'

const at = (userId: string, readLine: number, sinceLine = 0) => ({ userId, readLine, sinceLine })
const whole = (...positions: ReturnType<typeof at>[]) => ({ isWhole: true, positions, goneIds: [] })

describe('read receipts', () => {
  it('are what the first frame says, and what later ones change', () => {
    const first = positionsAfter(noPositions, whole(at('ann', 3), at('ben', 5)))
    const next = positionsAfter(first, { isWhole: false, positions: [at('ann', 6)], goneIds: ['ben'] })
    expect([...next]).toEqual([['ann', { readLine: 6, sinceLine: 0 }]])
    // A stream that was opened again does not know who has gone meanwhile.
    expect([...positionsAfter(next, whole(at('ben', 7))).keys()]).toEqual(['ben'])
    expect(positionsAfter(next, { isWhole: false, positions: [], goneIds: [] })).toBe(next)
  })

  it('count those who were there and have come to the line', () => {
    const positions = positionsAfter(noPositions, whole(at('ann', 3), at('ben', 5), at('cleo', 9, 4)))
    expect(readersOf(positions, 3)).toEqual(['ann', 'ben'])
    expect(readersOf(positions, 5)).toEqual(['ben', 'cleo'])
    expect(readersOf(positions, null)).toEqual([])
  })

  it('say how far a message has come', () => {
    expect(deliveryOf(0, 1)).toEqual({ isSeen: false, label: 'Sent' })
    expect(deliveryOf(1, 1)).toEqual({ isSeen: true, label: 'Seen' })
    expect(deliveryOf(1, 3).label).toBe('Seen by 1 of 3')
    expect(deliveryOf(3, 3).label).toBe('Seen by everybody')
  })
})
