import { diffArrays } from 'diff'

/** A piece of one text, or of both. */
export interface Piece {
  readonly text: string
  readonly kind: 'same' | 'added' | 'removed'
}

/** Texts that differ more have hardly a word in common, and comparing them takes the square of it. */
const mostChanges = 400

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Words as Unicode divides them, also where no spaces do; all else is a piece by itself. */
const wordsOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment)

/** What became of a text, word by word: without the removed pieces it is `after`, without the added ones `before`. */
export function wordChanges(before: string, after: string): readonly Piece[] {
  const found = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostChanges })
  const pieces =
    found?.map(({ value, added, removed }): Piece => {
      return { text: value.join(''), kind: added ? 'added' : removed ? 'removed' : 'same' }
    }) ?? whole(before, after)
  return joined(pieces)
}

const whole = (before: string, after: string): readonly Piece[] => [
  { text: before, kind: 'removed' },
  { text: after, kind: 'added' },
]

const isSpace = (text: string): boolean => /^\s+$/.test(text)

/** Two changes with nothing but a space between them are read as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = []
  let [removed, added] = ['', '']
  const flush = () => {
    if (removed !== '') result.push({ text: removed, kind: 'removed' })
    if (added !== '') result.push({ text: added, kind: 'added' })
    removed = added = ''
  }
  for (const [index, { text, kind }] of pieces.entries()) {
    const isBetween = removed !== '' && added !== '' && isSpace(text) && pieces[index + 1] !== undefined
    if (kind === 'same' && !isBetween) {
      flush()
      result.push({ text, kind })
      continue
    }
    if (kind !== 'added') removed += text
    if (kind !== 'removed') added += text
  }
  flush()
  return result
}
