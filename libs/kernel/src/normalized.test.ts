import { normalized } from './normalized'

/** Combining marks in the wrong order, so that sorting moves each past all the others. */
const marks = (count: number): string => `a${'\u0301'.repeat(count)}${'\u0323'.repeat(count)}`

describe('a normalised text', () => {
  it('is the whole text when that can be within the limit', () => {
    expect(normalized('e\u0301'.repeat(80), 'NFC', 80)).toBe('é'.repeat(80))
    expect(normalized('\u1112\u1161\u11AB'.repeat(80), 'NFC', 80)).toBe('한'.repeat(80))
  })

  it('remains too long when the text is too long', () => {
    expect(Array.from(normalized('\u03B1\u0314\u0342\u0345'.repeat(1_000), 'NFC', 80)).length).toBeGreaterThan(80)
  })

  it.each(['NFC', 'NFKC', 'NFKD'] as const)('costs no more for the longest body than for the limit: %s', (form) => {
    const started = performance.now()
    normalized(marks(60_000), form, 200)
    // Without the cut it takes a minute.
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
