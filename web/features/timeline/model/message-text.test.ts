import { limits } from '@parley/kernel/limits'
import { isSendable, lengthOf, nearLimit } from './message-text'

describe('message text', () => {
  it('counts code points near the limit', () => {
    expect(lengthOf('😀'.repeat(limits.messageLength))).toBe(limits.messageLength)
    expect(nearLimit(lengthOf('a'.repeat(7_499)))).toBe(false)
    expect(nearLimit(lengthOf('a'.repeat(7_500)))).toBe(true)
  })

  it('is sendable with something to see, within the limit', () => {
    expect(['', ' \n\t ', '\u200b', '\u202e'].filter(isSendable)).toEqual([])
    expect(['a', '  a\n', '😀'.repeat(limits.messageLength)].every(isSendable)).toBe(true)
    expect(isSendable('a'.repeat(limits.messageLength + 1))).toBe(false)
  })
})
