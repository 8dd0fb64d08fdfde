import fc from 'fast-check'
import { cleaned, hasVisible } from './clean'
import { excerpt, searchable } from './plain'
import { cases } from './testing/cases'
import { hostileTexts } from './testing/hostile-texts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const charactersOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment)

describe('an excerpt', () => {
  it.each(cases.map(({ name, text, excerpt: wanted }) => [name, text, wanted] as const))(
    '%s',
    (_name, text, wanted) => {
      expect(excerpt(text, 80)).toBe(wanted)
    },
  )

  it('leaves a text of the longest length as it is', () => expect(excerpt('x'.repeat(80), 80)).toBe('x'.repeat(80)))

  it.each(['👨‍👩‍👧‍👦', '🏳️‍🌈', '👋🏽', '🇩🇪', 'e\u0301'])('ends before %s where the limit would cut it', (character) => {
    for (let before = 79 - character.length; before <= 80; before += 1) {
      const cut = excerpt(`${'x'.repeat(before)}${character} and more`, 80)
      expect(cut).toBe(`${'x'.repeat(Math.min(before, 79))}${before + character.length <= 79 ? character : ''}…`)
    }
  })

  it('cuts one character that is longer than all of it between code points', () => {
    const cut = excerpt(`${'👩‍'.repeat(200)}👩`, 80)
    expect(cut.length).toBeGreaterThan(70)
    expect(cut.isWellFormed()).toBe(true)
  })

  it('is one line of whole characters within the limit, and never empty, for any text that may be sent', () => {
    const units = fc.oneof(
      fc.constantFrom('👨‍👩‍👧‍👦', '🇩🇪🇫🇷', 'e\u0301', '**', '||', '`', '```\n', '> ', '- ', '\n', '\u202b', '\u2067', 'a '),
      fc.string({ unit: 'grapheme', size: 'small' }),
    )
    fc.assert(
      fc.property(fc.array(units, { maxLength: 60 }), (parts) => {
        const text = cleaned(parts.join(''))
        fc.pre(hasVisible(text))
        const line = excerpt(text, 40)
        expect(line.length).toBeLessThanOrEqual(40)
        expect(line.isWellFormed()).toBe(true)
        expect(hasVisible(line)).toBe(true)
        expect(line).not.toMatch(/[\n\r\u202A-\u202E\u2066-\u2069]/)
        if (!line.endsWith('…')) return
        const whole = charactersOf(excerpt(text, 100_000))
        const kept = charactersOf(line).slice(0, -1)
        expect(whole.slice(0, kept.length).join('').trimEnd()).toBe(kept.join(''))
      }),
      { seed: 1129, numRuns: 1_000 },
    )
  })

  it('is made of hostile texts as well', () => {
    for (const text of hostileTexts()) expect(excerpt(text, 200).length).toBeLessThanOrEqual(200)
  })
})

describe('what a search reads', () => {
  it('has the words without marks, those of spoilers, and the addresses of links', () => {
    const text =
      '**Bold** [label](https://example.org) ||secret||\n> `code`\n- one\n  1. https://b.example\n\n```ts\nx\n```'
    expect(searchable(text)).toBe('Bold label https://example.org secret\ncode\none\nhttps://b.example\nx')
  })
})
