import { linkTo } from './links'
import type { Bracket, Run } from './openers'
import type { Inline, Mark } from './tree'

/** What a paragraph consists of, in its order; marks and links from one piece to another. */
export type Piece = Inline | Run | Bracket | { readonly kind: 'linkEnd' }

/** Marks and links in one another. What would be deeper is text, with the characters of its mark. */
export const maxInlineDepth = 8

interface Frame {
  readonly children: Inline[]
  /** The children that it will be one of. */
  readonly around: Inline[]
  readonly close: (children: readonly Inline[]) => Inline
}

/** A mark that may not be here: its characters stand at its end again. */
interface Literal {
  readonly text: string
}

/** The tree of the pieces, without recursion. */
export function inlineTree(pieces: readonly Piece[]): Inline[] {
  return new Builder().build(pieces)
}

class Builder {
  readonly #root: Inline[] = []
  readonly #open: (Frame | Literal)[] = []
  /** The children of the innermost frame. */
  #children = this.#root
  #depth = 0
  #isInLink = false

  build(pieces: readonly Piece[]): Inline[] {
    for (const piece of pieces) this.#add(piece)
    return this.#root
  }

  #add(piece: Piece): void {
    switch (piece.kind) {
      case 'run':
        this.#addRun(piece)
        break
      case 'bracket':
        this.#addBracket(piece)
        break
      case 'linkEnd':
        this.#isInLink = false
        this.#end()
        break
      case 'link':
        for (const node of this.#isInLink ? piece.children : [piece]) this.#append(node)
        break
      default:
        this.#append(piece)
    }
  }

  #addRun({ character, rest, begins, ends }: Run): void {
    for (const _ of ends) this.#end()
    this.#append({ kind: 'text', text: character.repeat(rest) })
    for (const mark of begins.toReversed()) this.#beginMark(mark, character)
  }

  #addBracket({ href }: Bracket): void {
    this.#isInLink ||= href !== null
    if (href === null) this.#append({ kind: 'text', text: '[' })
    else this.#begin((children) => linkTo(href, children))
  }

  #beginMark(mark: Mark, character: string): void {
    const text = character.repeat(mark === 'italic' ? 1 : 2)
    // One click would open both, a spoiler and the link.
    const isMark = this.#depth < maxInlineDepth && !(mark === 'spoiler' && this.#isInLink)
    if (isMark) this.#begin((children) => ({ kind: mark, children }))
    else {
      this.#append({ kind: 'text', text })
      this.#open.push({ text })
    }
  }

  #begin(close: Frame['close']): void {
    const frame = { children: [], around: this.#children, close }
    this.#open.push(frame)
    this.#children = frame.children
    this.#depth += 1
  }

  #end(): void {
    const ended = this.#open.pop()
    if (ended === undefined) return
    if ('text' in ended) {
      this.#append({ kind: 'text', text: ended.text })
      return
    }
    this.#depth -= 1
    this.#children = ended.around
    this.#append(ended.close(ended.children))
  }

  #append(node: Inline): void {
    const last = this.#children.at(-1)
    if (node.kind !== 'text') this.#children.push(node)
    else if (last?.kind === 'text')
      this.#children[this.#children.length - 1] = { kind: 'text', text: last.text + node.text }
    else if (node.text !== '') this.#children.push(node)
  }
}
