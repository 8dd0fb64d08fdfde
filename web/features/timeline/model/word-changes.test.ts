import fc from 'fast-check'
import { type Piece, wordChanges } from './word-changes'

const marks: Readonly<Record<Piece['kind'], readonly [string, string]>> = {
  same: ['', ''],
  added: ['{', '}'],
  removed: ['[', ']'],
}
const shown = (before: string, after: string) =>
  wordChanges(before, after)
    .map(({ text, kind }) => marks[kind].join(text))
    .join('')
const without = (kind: Piece['kind'], pieces: readonly Piece[]) =>
  pieces.flatMap((piece) => (piece.kind === kind ? [] : piece.text)).join('')

describe('what an edit changed', () => {
  it.each([
    ['We meet at ten.', 'We meet at eleven.', 'We meet at [ten]{eleven}.'],
    ['We meet at ten.', 'We meet at ten, by the pier.', 'We meet at ten{, by the pier}.'],
    ['We do not meet', 'We meet', 'We [do not ]meet'],
    ['See you on Friday then', 'See you next Monday then', 'See you [on Friday]{next Monday} then'],
    ['Hello', 'Hello', 'Hello'],
    ['One', 'Two', '[One]{Two}'],
    ['明日の会議は十時です', '明日の会議は十一時です', '明日の会議は[十時]{十一時}です'],
    ['نلتقي في العاشرة', 'نلتقي في الحادية عشرة', 'نلتقي في [العاشرة]{الحادية عشرة}'],
    ['first\nsecond', 'first\n\nsecond', 'first\n{\n}second'],
    ['👍🏽 ok', '👍 ok', '[👍🏽]{👍} ok'],
  ])('%j → %j', (before, after, changes) => expect(shown(before, after)).toBe(changes))

  it('loses nothing of either text', () => {
    const words = fc
      .array(fc.constantFrom('a', 'b', 'c', ' ', '\n', '.', '明日', '👩‍👩‍👧', '\u202e'), { maxLength: 40 })
      .map((some) => some.join(''))
    fc.assert(
      fc.property(words, words, (before, after) => {
        const pieces = wordChanges(before, after)
        expect(without('added', pieces)).toBe(before)
        expect(without('removed', pieces)).toBe(after)
        for (const { text } of pieces) expect(text).not.toBe('')
      }),
    )
  })

  it('takes a bounded time for the longest texts with nothing in common', () => {
    const [before, after] = [0, 1].map((odd) => Array.from({ length: 4_000 }, (_, index) => 2 * index + odd).join('.'))
    const began = performance.now()
    const pieces = wordChanges(before ?? '', after ?? '')
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(without('added', pieces)).toBe(before)
  })
})
