import { InvalidFields } from '@parley/kernel/errors'
import fc from 'fast-check'
import { limits } from '@parley/kernel/limits'
import { excerpt } from '@parley/text/plain'
import { cases } from '@parley/text/testing/cases'
import { messageText } from './message-text'

const code = (value: string): string => {
  try {
    messageText(value)
    return 'accepted'
  } catch (error) {
    return error instanceof InvalidFields && error.faults[0]?.field === 'text' ? error.code : 'other'
  }
}

describe('messageText', () => {
  it.each(['', '   ', '\n\t', '\0', '\u200b', '\u2060\u3164', '\u202e', '\u2067\u2069', '\ufeff'])(
    'refuses %j as empty',
    (value) => expect(code(value)).toBe('MESSAGE_EMPTY'),
  )
  it('takes 8,000 characters and refuses one more', () => {
    expect(code('x'.repeat(limits.messageLength))).toBe('accepted')
    expect(code('x'.repeat(limits.messageLength + 1))).toBe('MESSAGE_TOO_LONG')
  })
  it('counts code points, not UTF-16 units', () => expect(code('👋'.repeat(limits.messageLength))).toBe('accepted'))
  it('keeps line breaks and indentation', () => expect(messageText('\n  a\n b \n')).toBe('  a\n b'))
  it('ends in its line what turns the direction, and removes what reverses letters', () =>
    expect(messageText('\u202egpj.exe \u2067a\nb')).toBe('gpj.exe \u2067a\u2069\nb'))
  it.each(cases.map(({ name, text, excerpt: wanted }) => [name, text, wanted] as const))(
    'of a case, has the excerpt that clients show: %s',
    (_name, text, wanted) => expect(excerpt(messageText(text), 80)).toBe(wanted),
  )
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
