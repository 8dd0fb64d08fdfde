import fc from 'fast-check'
import { cleaned, hasVisible } from './clean'

const rows: readonly (readonly [what: string, text: string, cleaned: string])[] = [
  ['a text', 'Hello', 'Hello'],
  ['the indentation of the first line', '\n \n    x = 1\n  y = 2\n', '    x = 1\n  y = 2'],
  ['a tab', '\tx', '\tx'],
  ['space at the end', 'a \n\t\u00a0\n', 'a'],
  ['empty lines within', 'a\n\n\nb', 'a\n\n\nb'],
  ['every kind of line break', 'a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h', 'a\nb\nc\nd\ne\nf\ng\nh'],
  ['control characters', 'a\0b\x1b[31mc\x7f\x9b', 'ab[31mc'],
  ['lone surrogates', 'a\ud83d b\ude00', 'a\ufffd b\ufffd'],
  ['emoji joined by what is not seen', '👩\u200d💻 ❤\ufe0f', '👩\u200d💻 ❤\ufe0f'],
  ['a mark of direction', 'a\u200f!', 'a\u200f!'],
  ['overrides', 'photo\u202egpj.exe', 'photogpj.exe'],
  ['an override that is closed', '\u202dabc\u202c', 'abc'],
  ['an isolate that is left open', 'a \u2067b\nc', 'a \u2067b\u2069\nc'],
  ['an embedding in an isolate, both open', '\u2068a\u202bb', '\u2068a\u202bb\u202c\u2069'],
  ['what closes nothing', 'a\u2069\u202cb', 'ab'],
  ['closed in the wrong order', '\u2067a\u202bb\u2069c', '\u2067a\u202bbc\u202c\u2069'],
  ['a thousand isolates', '\u2067'.repeat(1_000) + 'a', '\u2067'.repeat(8) + 'a' + '\u2069'.repeat(8)],
]

describe('a cleaned text', () => {
  it.each(rows)('%s', (_what, text, wanted) => expect(cleaned(text)).toBe(wanted))

  it.each(['', ' \n\t', '\0', '\u200b', '\u2060\u3164', '\u202e', '\u2067\u2069', '\ufeff', '\u2800', '\u{e0041}'])(
    'has nothing to see: %j',
    (text) => expect(hasVisible(cleaned(text))).toBe(false),
  )

  it.each(['字', ' ', '\u200b', '\u2067', '\u2069', '\u202b\u2069', '\n ', '字\n'])(
    'is made in time linear in the length: %j',
    (character) => {
      const longest = character.repeat(400_000)
      const started = performance.now()
      cleaned(`${longest}字`)
      hasVisible(longest)
      // Quadratic time would be minutes.
      expect(performance.now() - started).toBeLessThan(2_000)
    },
  )

  it('is well-formed, its own result, and closes what it opens in each line, for any text', () => {
    const parts = fc.oneof(
      fc.constantFrom('\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'),
      fc.constantFrom('\n', '\r', ' ', '\0', '\ud800', 'a', 'א'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (all) => {
        const text = cleaned(all.join(''))
        expect(text.isWellFormed()).toBe(true)
        expect(cleaned(text)).toBe(text)
        for (const line of text.split('\n')) {
          expect(line.match(/[\u202A\u202B]/g)?.length).toBe(line.match(/\u202C/g)?.length)
          expect(line.match(/[\u2066-\u2068]/g)?.length).toBe(line.match(/\u2069/g)?.length)
        }
      }),
      { seed: 1129, numRuns: 1_000 },
    )
  })
})
