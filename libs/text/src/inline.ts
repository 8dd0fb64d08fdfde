import { hasVisible } from './clean'
import { inlineTree, type Piece } from './inline-tree'
import { addressOf, type Atom, atomsOf } from './links'
import { Openers, type Run } from './openers'
import type { Inline, Mark } from './tree'

/** What is left and what was done in one message. */
export interface Work {
  /** How many more links there may be: one costs more to render than text does. */
  links: number
  /** Counted for the tests, which want them linear in the length of the text. */
  steps: number
}

/** The tree of a paragraph, in time linear in its length. */
export const inlinesOf = (text: string, work: Work): Inline[] => inlineTree(new Scanner(text, work).read())

const escapable = /[`*_~|[\]<>().@:-]/
/** With round brackets in pairs, one deep. */
const destination = /\(([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)/y

class Scanner {
  readonly #special = /[\\`*_~|[\]<\n]/g
  readonly #pieces: Piece[] = []
  readonly #openers = new Openers()
  readonly #atoms: readonly Atom[]
  readonly #codeEnds: ReadonlyMap<number, number>
  #nextAtom = 0
  #nextSpecial = -1
  /** The beginning of the text that is in no piece yet. */
  #plain = 0
  #at = 0

  constructor(
    private readonly text: string,
    private readonly work: Work,
  ) {
    this.#atoms = atomsOf(text)
    this.#codeEnds = codeEndsOf(text)
  }

  read(): Piece[] {
    while (this.#at < this.text.length) {
      this.work.steps += 1
      const atom = this.#atomFrom(this.#at)
      const next = this.#specialFrom(this.#at)
      if (atom !== undefined && atom.start <= next) this.#takeAtom(atom)
      else if (next < this.text.length) this.#takeSpecial(next)
      else break
    }
    this.#emit(this.text.length, 0)
    return this.#pieces
  }

  #atomFrom(at: number): Atom | undefined {
    while ((this.#atoms[this.#nextAtom]?.start ?? at) < at) this.#nextAtom += 1
    return this.#atoms[this.#nextAtom]
  }

  #specialFrom(at: number): number {
    if (this.#nextSpecial < at) {
      this.#special.lastIndex = at
      this.#nextSpecial = this.#special.exec(this.text)?.index ?? this.text.length
    }
    return this.#nextSpecial
  }

  /** What stands before `start` is text, `length` characters after it are the piece. */
  #emit(start: number, length: number, piece?: Piece): void {
    if (start > this.#plain) this.#pieces.push({ kind: 'text', text: this.text.slice(this.#plain, start) })
    if (piece !== undefined) this.#pieces.push(piece)
    this.#at = this.#plain = start + length
  }

  #takeAtom({ start, end, node }: Atom): void {
    if (node.kind === 'link' && !this.#takeLink()) this.#at = end
    else this.#emit(start, end - start, node)
  }

  /** Whether there may be one more link. */
  #takeLink(): boolean {
    if (this.work.links === 0) return false
    this.work.links -= 1
    return true
  }

  #takeSpecial(start: number): void {
    const character = this.text.charAt(start)
    switch (character) {
      case '\n':
        this.#emit(start, 1, { kind: 'break' })
        break
      case '\\':
        this.#takeBackslash(start)
        break
      case '`':
        this.#takeCode(start)
        break
      case '<':
        this.#takeAngle(start)
        break
      case '[':
        this.#takeBracket(start)
        break
      case ']':
        this.#takeLinkEnd(start)
        break
      default:
        this.#takeRun(start, character)
    }
  }

  #takeBackslash(start: number): void {
    const next = this.text.charAt(start + 1)
    if (!escapable.test(next)) this.#at = start + 1
    // The arm of ¯\_(ツ)_/¯ stays.
    else if (this.text.charAt(start - 1) === '¯') this.#at = start + 2
    else this.#emit(start, 2, { kind: 'text', text: next })
  }

  #takeCode(start: number): void {
    const end = this.#codeEnds.get(start)
    const from = this.#endOfRun(start)
    if (end === undefined) this.#at = from
    else this.#emit(start, end + (from - start) - start, { kind: 'code', text: codeText(this.text.slice(from, end)) })
  }

  /** An address in angle brackets. */
  #takeAngle(start: number): void {
    const atom = this.#atomFrom(start + 1)
    const isWrapped = atom?.start === start + 1 && atom.node.kind === 'link' && this.text.charAt(atom.end) === '>'
    if (isWrapped && this.#takeLink()) this.#emit(start, atom.end + 1 - start, atom.node)
    else this.#at = start + 1
  }

  #takeBracket(start: number): void {
    const bracket: Piece = { kind: 'bracket', label: start + 1, href: null }
    this.#openers.push(bracket)
    this.#emit(start, 1, bracket)
  }

  #takeLinkEnd(start: number): void {
    const bracket = this.#openers.takeBracket()
    destination.lastIndex = start + 1
    const match = bracket === undefined ? null : destination.exec(this.text)
    const href = addressOf(match?.[1] ?? '')
    if (bracket === undefined || match === null || href === null || !this.#isLabel(bracket.label, start)) {
      this.#at = start + 1
      return
    }
    bracket.href = href
    this.work.steps += this.#openers.dropAfter(bracket)
    this.#openers.drop()
    this.#openers.forgetBrackets()
    this.#emit(start, 1 + match[0].length, { kind: 'linkEnd' })
  }

  #isLabel(from: number, to: number): boolean {
    return this.work.links > 0 && hasVisible(this.text.slice(from, to)) && this.#takeLink()
  }

  #takeRun(start: number, character: string): void {
    const end = this.#endOfRun(start)
    const [before, after] = [this.text.charAt(start - 1), this.text.charAt(end)]
    if (!isMark(character, end - start) || (word.test(before) && word.test(after))) {
      this.#at = end
      return
    }
    const run: Run = { kind: 'run', character, at: start, rest: end - start, begins: [], ends: [] }
    if (solid.test(before) && (character !== '_' || afterWord.test(after))) this.#end(run)
    const begins = run.rest > 0 && solid.test(after) && (character !== '_' || beforeWord.test(before))
    if (begins) this.#openers.push(run)
    this.#emit(start, end - start, run)
  }

  /** Ends what runs of the same character began. */
  #end(run: Run): void {
    for (let begun = this.#openers.beginningOf(run); begun !== undefined; begun = this.#openers.beginningOf(run)) {
      const length = Math.min(2, run.rest, begun.rest)
      const mark = markOf(run.character, length)
      begun.begins.push(mark)
      run.ends.push(mark)
      this.work.steps += 1 + this.#openers.dropAfter(begun)
      this.#openers.drop()
      begun.rest -= length
      run.rest -= length
      if (begun.rest > 0) this.#openers.push(begun)
    }
  }

  #endOfRun(start: number): number {
    const character = this.text.charAt(start)
    let end = start + 1
    while (this.text.charAt(end) === character) end += 1
    return end
  }
}

/** Longer ones are lines that people draw. */
const isMark = (character: string, length: number): boolean =>
  character === '*' ? length <= 3 : length === (character === '_' ? 1 : 2)

function markOf(character: string, length: number): Mark {
  if (character === '|') return 'spoiler'
  if (character === '~') return 'strike'
  return length === 2 ? 'bold' : 'italic'
}

/** Two of them around a run make it a part of a word: snake_case, 2*3*4. Scripts without spaces have no such words. */
const word = /[\p{N}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u
const solid = /\S/
/** What may stand around a word in underscores, which faces have too: -_-. */
const beforeWord = /^$|[\s([{"'“‘«„*~|>]/
const afterWord = /^$|[\s)\]}"'”’».,;:!?…*~|、。，！？）]/

/** Where the code ends that backquotes begin: at the next run of as many. Keys are the beginnings. */
function codeEndsOf(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  const next = new Map<number, number>()
  for (const { index, 0: run } of Array.from(text.matchAll(/`+/g)).reverse()) {
    const end = next.get(run.length)
    if (end !== undefined) ends.set(index, end)
    next.set(run.length, index)
  }
  return ends
}

/** On one line; a space on both sides is there to separate backquotes. */
function codeText(written: string): string {
  const line = written.replaceAll('\n', ' ')
  // One expression for all of it is quadratic.
  const isSpaced = line.startsWith(' ') && line.endsWith(' ') && /[^ ]/.test(line)
  return isSpaced ? line.slice(1, -1) : line
}
