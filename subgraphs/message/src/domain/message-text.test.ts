import { InvalidFields } from '@parley/kernel/errors'
import fc from 'fast-check'
import { maxCharacters, messageText } from './message-text'

const code = (value: string): string => {
  try {
    messageText(value)
    return 'accepted'
  } catch (error) {
    return error instanceof InvalidFields && error.faults[0]?.field === 'text' ? error.code : 'other'
  }
}

describe('messageText', () => {
  it.each(['', '   ', '\n\t', '\0', '\u200b', '\u2060\u3164', '\u202e'])('refuses %j as empty', (value) =>
    expect(code(value)).toBe('MESSAGE_EMPTY'),
  )
  it('takes 8,000 characters and refuses one more', () => {
    expect(code('x'.repeat(maxCharacters))).toBe('accepted')
    expect(code('x'.repeat(maxCharacters + 1))).toBe('MESSAGE_TOO_LONG')
  })
  it('counts code points, not UTF-16 units', () => expect(code('👋'.repeat(maxCharacters))).toBe('accepted'))
  it('keeps line breaks inside the text', () => expect(messageText(' a\n b ')).toBe('a\n b'))
  it('makes well-formed text of anything, and the same text of its own result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        if (code(value) !== 'accepted') return
        const text = messageText(value)
        expect(text.isWellFormed()).toBe(true)
        expect(messageText(text)).toBe(text)
      }),
    )
  })
})
