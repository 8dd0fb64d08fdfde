import { InvalidFields } from '@parley/kernel/errors'
import fc from 'fast-check'
import { limits } from '@parley/kernel/limits'
import { excerptOf, messageText } from './message-text'

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
    expect(code('x'.repeat(limits.messageLength))).toBe('accepted')
    expect(code('x'.repeat(limits.messageLength + 1))).toBe('MESSAGE_TOO_LONG')
  })
  it('counts code points, not UTF-16 units', () => expect(code('👋'.repeat(limits.messageLength))).toBe('accepted'))
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

describe('excerptOf', () => {
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const charactersOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment)

  it('leaves a short text as it is', () => expect(excerptOf('x'.repeat(200))).toHaveLength(200))
  it.each(['👨‍👩‍👧‍👦', '🏳️‍🌈', '👋🏽', '🇩🇪', 'e\u0301'])('ends before %s where the limit would cut it', (character) => {
    for (let before = 200 - character.length; before <= 200; before++) {
      const excerpt = excerptOf(`${'x'.repeat(before)}${character} and more`)
      expect(excerpt).toBe(`${'x'.repeat(before)}${before + character.length <= 200 ? character : ''}`.slice(0, 200))
    }
  })
  it('is made of the first characters of the text, whole ones, for any text', () => {
    const unit = fc.oneof(
      fc.constantFrom('👨‍👩‍👧‍👦', '🏳️‍🌈', '👋🏽', '🇩🇪🇫🇷', 'e\u0301', 'a'),
      fc.string({ unit: 'grapheme', size: 'small' }),
    )
    fc.assert(
      fc.property(fc.array(unit, { minLength: 40, maxLength: 300 }), (units) => {
        const text = units.join('')
        const excerpt = charactersOf(excerptOf(text))
        expect(charactersOf(text).slice(0, excerpt.length)).toEqual(excerpt)
      }),
    )
  })
  it('cuts one character that is longer than all of it between code points', () => {
    const excerpt = excerptOf(`${'👩‍'.repeat(200)}👩`)
    expect(excerpt.length).toBeGreaterThan(190)
    expect(excerpt.isWellFormed()).toBe(true)
  })
})
