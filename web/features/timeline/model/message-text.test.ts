import { limits } from '@parley/kernel/limits'
import { lengthOf, nearLimit, trimmed } from './message-text'

describe('message text', () => {
  it('counts code points near the limit', () => {
    expect(lengthOf('😀'.repeat(limits.messageLength))).toBe(limits.messageLength)
    expect(nearLimit(lengthOf('a'.repeat(7_499)))).toBe(false)
    expect(nearLimit(lengthOf('a'.repeat(7_500)))).toBe(true)
  })

  it('drops empty lines around and keeps the indentation', () => {
    expect(trimmed(' \n\n  code\n\nmore \n ')).toBe('  code\n\nmore')
    expect(trimmed(' \n\t ')).toBe('')
  })
})
