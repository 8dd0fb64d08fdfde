import { inlinesOf, type Work } from './inline'
import type { Block, ListItem } from './tree'

/** Quotes and lists in one another. Deeper, their marks are text. */
export const maxBlockDepth = 6
/** In one message. */
const maxLinks = 100

/**
 * The tree of a message's text, in the subset of Markdown that docs/text.md describes. Any text has one: of bounded
 * depth, made in time linear in the text's length, without HTML, with links of http, https and mailto only.
 */
export const parse = (text: string): readonly Block[] => parseCounting(text).blocks

/** The same with the steps that it took. */
export function parseCounting(text: string): { readonly blocks: readonly Block[]; readonly steps: number } {
  const work: Work = { links: maxLinks, steps: 0 }
  const blocks = new BlockReader(text.split(/\r\n?|\n/), work, { depth: 0, maxIndent: 3 }).read()
  return { blocks, steps: work.steps }
}

interface Place {
  readonly depth: number
  /** Of the first item of a list. */
  readonly maxIndent: number
}

const quote = /^ {0,3}>(?: |(?=>)|$)/
const fence = /^( {0,3})(`{3,})([^`]*)$/
const language = /^[\w+#.-]{1,24}$/

class BlockReader {
  readonly #blocks: Block[] = []
  #paragraph: string[] = []
  #next = 0

  constructor(
    private readonly lines: readonly string[],
    private readonly work: Work,
    private readonly place: Place,
  ) {}

  read(): Block[] {
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      this.work.steps += 1
      if (line.trim() === '') this.#endParagraph()
      else if (this.#readFence(line) || this.#readQuote(line) || this.#readList(line)) continue
      else this.#paragraph.push(line.trimEnd())
      this.#next += 1
    }
    this.#endParagraph()
    return this.#blocks
  }

  #line(): string | undefined {
    return this.lines[this.#next]
  }

  #endParagraph(): void {
    if (this.#paragraph.length === 0) return
    const children = inlinesOf(this.#paragraph.join('\n'), this.work)
    this.#blocks.push({ kind: 'paragraph', children })
    this.#paragraph = []
  }

  /** The blocks within a quote or an item. */
  #within(lines: readonly string[], maxIndent: number): Block[] {
    return new BlockReader(lines, this.work, { depth: this.place.depth + 1, maxIndent }).read()
  }

  /** Code ends at backquotes at the end of a line, on a line of their own or not, or with the message. */
  #readFence(first: string): boolean {
    const [, indent = '', opening = '', info = ''] = fence.exec(first) ?? []
    if (opening === '' || this.#next + 1 === this.lines.length) return false
    this.#endParagraph()
    const isLanguage = language.test(info.trim())
    const code = isLanguage || info.trim() === '' ? [] : [info]
    const margin = new RegExp(`^ {0,${indent.length}}`)
    let isOpen = true
    for (this.#next += 1; isOpen && this.#next < this.lines.length; this.#next += 1) {
      this.work.steps += 1
      const line = (this.#line() ?? '').replace(margin, '')
      const content = withoutClosing(line, opening.length)
      isOpen = content === null
      if (isOpen || content?.trim()) code.push(content ?? line)
    }
    this.#blocks.push({
      kind: 'codeBlock',
      language: isLanguage ? info.trim().toLowerCase() : null,
      text: code.join('\n'),
    })
    return true
  }

  #readQuote(first: string): boolean {
    if (this.place.depth === maxBlockDepth || !quote.test(first)) return false
    this.#endParagraph()
    const quoted: string[] = []
    for (let line = this.#line(); line !== undefined && quote.test(line); line = this.#line()) {
      quoted.push(line.replace(quote, ''))
      this.#next += 1
    }
    this.#blocks.push({ kind: 'quote', children: this.#within(quoted, 3) })
    return true
  }

  #readList(first: string): boolean {
    const start = itemOf(first)
    if (start === null || !this.#mayBegin(start)) return false
    this.#endParagraph()
    const items: ListItem[] = []
    let item = start
    let lines = [start.text]
    const endItem = () => items.push({ number: item.number, children: this.#within(lines, 7) })
    this.#next += 1
    for (let line = this.#line(); line !== undefined; line = this.#line()) {
      this.work.steps += 1
      const next = itemOf(line)
      if (line.trim() === '') lines.push('')
      else if (indentOf(line) >= start.indent + 2) lines.push(withoutIndent(line, item.offset))
      else if (next !== null && (next.number === null) === (start.number === null)) {
        endItem()
        item = next
        lines = [next.text]
      } else break
      this.#next += 1
    }
    endItem()
    this.#blocks.push({ kind: 'list', items })
    return true
  }

  /** A number in the middle of a paragraph begins a list only if it is 1: sentences go on with a year. */
  #mayBegin({ indent, number }: Item): boolean {
    const { depth, maxIndent } = this.place
    return depth < maxBlockDepth && indent <= maxIndent && (this.#paragraph.length === 0 || (number ?? 1) === 1)
  }
}

/** What stands before the backquotes that close code, at the end of a line; null when it closes none. */
function withoutClosing(line: string, atLeast: number): string | null {
  const trimmed = line.trimEnd()
  let end = trimmed.length
  while (trimmed.charAt(end - 1) === '`') end -= 1
  return trimmed.length - end >= atLeast ? trimmed.slice(0, end) : null
}

interface Item {
  readonly number: number | null
  /** Columns before its mark. */
  readonly indent: number
  /** Columns before its text: how far what belongs to it is indented. */
  readonly offset: number
  readonly text: string
}

function itemOf(line: string): Item | null {
  const match = /^([ \t]*)([-*]|(\d{1,9})[.)])([ \t]+)(?=\S)/.exec(line)
  if (match === null) return null
  const [all, before = '', mark = '', digits, gap = ''] = match
  const indent = columnsOf(before)
  const number = digits === undefined ? null : Number(digits)
  return { number, indent, offset: indent + mark.length + columnsOf(gap), text: line.slice(all.length) }
}

const indentOf = (line: string): number => columnsOf(/^[ \t]*/.exec(line)?.[0] ?? '')

/** A tab is four columns wide. */
const columnsOf = (space: string): number => space.replaceAll('\t', '    ').length

function withoutIndent(line: string, columns: number): string {
  let [at, column] = [0, 0]
  while (column < columns && /[ \t]/.test(line.charAt(at))) {
    column += line.charAt(at) === '\t' ? 4 : 1
    at += 1
  }
  return line.slice(at)
}
