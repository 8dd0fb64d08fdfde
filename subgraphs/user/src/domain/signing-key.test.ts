import { isPublished, signingKey } from './signing-key'

const day = (date: number): Date => new Date(Date.UTC(2026, 10, date))
const key = (name: string, notBefore: Date, retiredAt: Date | null = null) => ({ name, notBefore, retiredAt })

describe('signingKey', () => {
  it('is null without keys', () => expect(signingKey([], day(1))).toBeNull())
  it('is the newest that is already active', () => {
    const keys = [key('second', day(3)), key('first', day(1)), key('third', day(5))]
    expect([2, 3, 4, 5].map((date) => signingKey(keys, day(date))?.name)).toEqual([
      'first',
      'second',
      'second',
      'third',
    ])
  })
  it('is never a retired one', () => {
    expect(signingKey([key('old', day(1)), key('withdrawn', day(2), day(3))], day(4))?.name).toBe('old')
    expect(signingKey([key('only', day(1), day(2))], day(3))).toBeNull()
  })
})

describe('isPublished', () => {
  it('is true before a key signs and until it retires', () => {
    const rotated = key('rotated', day(2), day(4))
    expect([1, 3, 4].map((date) => isPublished(rotated, day(date)))).toEqual([true, true, false])
    expect(isPublished(key('current', day(2)), day(30))).toBe(true)
  })
})
