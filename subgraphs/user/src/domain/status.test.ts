import { InvalidFields } from '@parley/kernel/errors'
import { limits } from '@parley/kernel/limits'
import { currentStatus, type RawStatus, statusOf } from './status'

const now = new Date('2026-11-29T12:00:00Z')
const inMs = (ms: number): Date => new Date(now.getTime() + ms)
const raw = (parts: Partial<RawStatus>): RawStatus => ({ emoji: null, text: null, expiresAt: null, ...parts })

function faultsOf(status: RawStatus): readonly string[] {
  try {
    statusOf(status, now)
    return []
  } catch (error) {
    if (error instanceof InvalidFields) return error.faults.map(({ field }) => field)
    throw error
  }
}

describe('a status', () => {
  it('is an emoji, a text or both, as one line', () => {
    expect(statusOf(raw({ emoji: '❤', text: '  At\nlunch\u202E ' }), now)).toEqual({
      emoji: '❤️',
      text: 'At lunch',
      expiresAt: null,
    })
    expect(statusOf(raw({ emoji: '👩🏽‍💻' }), now).text).toBeNull()
    expect(statusOf(raw({ emoji: '', text: 'x'.repeat(limits.statusLength), expiresAt: inMs(1) }), now)).toMatchObject({
      emoji: null,
      expiresAt: inMs(1),
    })
  })

  it.each([
    ['nothing', {}, ['text']],
    ['nothing to see', { text: '\u200B \u2800' }, ['text']],
    ['two emoji', { emoji: '👍👍' }, ['emoji']],
    ['a letter as its emoji', { emoji: 'a', text: 'x' }, ['emoji']],
    ['a text that is too long', { text: 'x'.repeat(limits.statusLength + 1) }, ['text']],
    ['a huge text', { text: 'a\u0301'.repeat(200_000) }, ['text']],
    ['an end in the past', { text: 'x', expiresAt: inMs(0) }, ['expiresAt']],
    ['an end in ten years', { text: 'x', expiresAt: inMs(3_650 * 86_400_000) }, ['expiresAt']],
    ['an end that is no time', { text: 'x', expiresAt: new Date(NaN) }, ['expiresAt']],
    ['everything wrong', { emoji: 'ab', text: 'x'.repeat(999), expiresAt: inMs(-1) }, ['emoji', 'text', 'expiresAt']],
  ])('with %s is refused', (_what, parts, fields) => {
    expect(faultsOf(raw(parts))).toEqual(fields)
  })

  it('ends by itself', () => {
    const status = statusOf(raw({ text: 'Lunch', expiresAt: inMs(60_000) }), now)
    expect(currentStatus(status, now.getTime() + 59_999)).toBe(status)
    expect(currentStatus(status, now.getTime() + 60_000)).toBeNull()
  })
})
