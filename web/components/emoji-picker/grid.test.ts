import { type EmojiEntry, inTone } from '../../lib/emoji/emoji-data'
import { entryAt, firstCell, moved, rowsOf } from './grid'

const entry = (emoji: string, skins: readonly string[] = []): EmojiEntry => ({
  emoji,
  name: emoji,
  shortcodes: [],
  tags: [],
  skins,
})
const entries = (letters: string) => [...letters].map((letter) => entry(letter))

/**
 * abc     recent (row 0 is its title)
 * d
 * ef      the rest (row 3 is its title)
 */
const rows = rowsOf(
  [
    { id: 'recent', name: 'Recent', entries: entries('abcd') },
    { id: 'none', name: 'None', entries: [] },
    { id: 'rest', name: 'Rest', entries: entries('ef') },
  ],
  3,
)
const places = { a: [1, 0], b: [1, 1], c: [1, 2], d: [2, 0], e: [4, 0], f: [4, 1] } as const
const at = (letter: string) => {
  const [row, column] = places[letter as keyof typeof places]
  return { row, column }
}

describe('the grid of emoji', () => {
  it('has a title for each section that is not empty, and rows of its columns', () => {
    expect(
      rows.map((row) => (row.kind === 'title' ? row.name : row.entries.map(({ emoji }) => emoji).join(''))),
    ).toEqual(['Recent', 'abc', 'd', 'Rest', 'ef'])
    expect(firstCell(rows)).toEqual(at('a'))
    expect(firstCell(rows, 3)).toEqual(at('e'))
    expect(firstCell([])).toBeNull()
  })

  it.each([
    ['a', 'ArrowRight', 'b'],
    ['c', 'ArrowRight', 'd'],
    ['f', 'ArrowRight', 'f'],
    ['a', 'ArrowLeft', 'a'],
    ['d', 'ArrowLeft', 'c'],
    ['e', 'ArrowLeft', 'd'],
    ['b', 'ArrowDown', 'd'],
    ['d', 'ArrowDown', 'e'],
    ['f', 'ArrowDown', 'f'],
    ['e', 'ArrowUp', 'd'],
    ['f', 'ArrowUp', 'd'],
    ['b', 'End', 'c'],
    ['f', 'Home', 'e'],
    ['c', 'PageDown', 'f'],
    ['f', 'PageUp', 'b'],
  ])('from %s, %s leads to %s', (from, key, to) => {
    const cell = moved(rows, at(from), key)
    expect(cell && entryAt(rows, cell)?.emoji).toBe(to)
  })

  it('is left above its first row, and leaves other keys alone', () => {
    expect(moved(rows, at('b'), 'ArrowUp')).toBeNull()
    expect(moved(rows, at('b'), 'x')).toBeUndefined()
    expect(moved(rows, at('b'), 'Tab')).toBeUndefined()
  })

  it('gives an emoji in the chosen tone, if it has tones', () => {
    const hand = entry('✋', ['1', '2', '3', '4', '5'])
    expect([inTone(hand, 0), inTone(hand, 3), inTone(entry('😀'), 3)]).toEqual(['✋', '3', '😀'])
  })
})
