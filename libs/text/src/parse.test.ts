import fc from 'fast-check'
import { maxInlineDepth } from './inline-tree'
import { maxBlockDepth, parse, parseCounting } from './parse'
import { cases } from './testing/cases'
import { hostileTexts } from './testing/hostile-texts'
import { markup } from './testing/markup'
import { depthOf, writtenText } from './testing/written-text'

/** Pieces of which anything may come: marks alone, in pairs, in one another, at line ends. */
const pieces = fc.constantFrom(
  ...[
    '*',
    '**',
    '***',
    '_',
    '~~',
    '||',
    '`',
    '``',
    '```',
    '\\',
    '[',
    ']',
    '](https://a.example/)',
    '](javascript:x)',
    '<',
    '>',
    '> ',
  ],
  ...[
    '- ',
    '* ',
    '1. ',
    '2) ',
    '\n',
    '\n\n',
    ' ',
    '  ',
    '\t',
    '```ts\n',
    '\n```\n',
    'https://b.example/x_y',
    '<https://b.example>',
  ],
  ...[
    'c@d.example',
    '@ada',
    '@all',
    '<@0192f3a0-7c1e-7b3a-9d5e-2f4a6b8c0d1e>',
    'a',
    'word',
    '字',
    'א',
    '.',
    '(',
    ')',
    '👩‍👩‍👧',
    '\u202e',
    '\ud800',
    '¯\\_(ツ)_/¯',
  ],
)
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const runs = { seed: 1129, numRuns: 1_000 }

describe('parse', () => {
  it('has 212 cases of different names and texts', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(212)
    expect(new Set(cases.map(({ text }) => text)).size).toBe(212)
  })

  it.each(cases.map(({ name, text, tree }) => [name, text, tree] as const))('%s', (_name, text, tree) => {
    expect(markup(parse(text))).toBe(tree)
  })

  it('loses nothing but marks, for any text', () => {
    /** What may be a mark, or space. Languages are shown in lower case. */
    const withoutMarks = (text: string) => text.replace(/[\s*_~|`\\[\]()<>\-.\d]/g, '').toLowerCase()
    fc.assert(
      fc.property(texts, (text) => {
        expect(withoutMarks(writtenText(parse(text)))).toBe(withoutMarks(text))
      }),
      runs,
    )
  })

  it('has a bounded depth, for any text', () => {
    const deepest = maxBlockDepth + 1 + maxInlineDepth + 2
    fc.assert(
      fc.property(texts, (text) => expect(depthOf(parse(text))).toBeLessThanOrEqual(deepest)),
      runs,
    )
    for (const text of hostileTexts()) expect(depthOf(parse(text))).toBeLessThanOrEqual(deepest)
    for (const mark of ['> ', '>', '- ', '1. ', '> - ']) {
      expect(depthOf(parse(`${mark.repeat(1_000)}a`))).toBeLessThanOrEqual(deepest)
    }
  })

  it('takes steps linear in the length, for hostile texts', () => {
    const once = hostileTexts(2_000).map((text) => parseCounting(text).steps)
    const fourTimes = hostileTexts(8_000).map((text) => parseCounting(text).steps)
    for (const [index, steps] of fourTimes.entries()) {
      expect(steps).toBeLessThanOrEqual(3 * 8_000)
      expect(steps).toBeLessThanOrEqual(4.1 * (once[index] ?? 0) + 50)
    }
  })

  it.each(['a', ' ', 'a b '])('trims a long code of %j at once: that is not counted as steps', (repeated) => {
    const text = `\` ${repeated.repeat(100_000)}\``
    const start = process.cpuUsage()
    expect(markup(parse(text))).toContain('<code>')
    // Quadratic time is 10 s and more.
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })

  it('takes steps linear in the length, for any text', () => {
    fc.assert(
      fc.property(texts, (text) => expect(parseCounting(text).steps).toBeLessThanOrEqual(4 * text.length + 4)),
      runs,
    )
  })

  it('makes links of the first hundred addresses of a message', () => {
    const links = (text: string) => markup(parse(text)).match(/<a /g)?.length
    expect(links('http://a '.repeat(101))).toBe(100)
    expect(links('> http://a [b](http://c) d@e.example\n\n'.repeat(50))).toBe(100)
  })
})
