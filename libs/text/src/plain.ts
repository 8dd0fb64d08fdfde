import { hasVisible } from './clean'
import { mentionText, type NameOf, tokenOf } from './mentions'
import { parse } from './parse'
import type { Block, Inline, Mention } from './tree'

/** What stands for a spoiler where it cannot be opened. */
const hidden = '•••••'

/**
 * A message on one line, for lists and notifications: without marks, spoilers hidden, quotes left out where there is
 * more than them. At most `max` UTF-16 units, cut between characters as people see them, then with an ellipsis.
 * Characters that turn the direction of text are left out, so that it may stand in any sentence.
 * A person who is mentioned and whose name is not known is `@someone`.
 */
export function excerpt(text: string, max: number, nameOf: NameOf = unknown): string {
  const blocks = parse(text)
  const brief: Style = { ...short, mention: (node) => mentionText(node, nameOf) }
  const own = blocks.filter(({ kind }) => kind !== 'quote')
  const lines = [own, blocks].map((those) => onOneLine(those.map((block) => plain(block, brief)).join(' ')))
  return cut(lines.find(hasVisible) ?? onOneLine(text), max)
}

const unknown: NameOf = () => null

/** What a search finds a message by: all words, those of spoilers too, addresses of links, and ids of those mentioned. */
export const searchable = (text: string): string =>
  parse(text)
    .map((block) => plain(block, whole))
    .join('\n')

interface Style {
  readonly between: string
  readonly spoiler: (text: string) => string
  readonly link: (text: string, href: string) => string
  readonly item: (number: number | null) => string
  readonly mention: (node: Mention) => string
}

const short: Omit<Style, 'mention'> = {
  between: ' ',
  spoiler: () => hidden,
  link: (text) => text,
  item: (number) => (number === null ? '• ' : `${number}. `),
}

const whole: Style = {
  between: '\n',
  spoiler: (text) => text,
  link: (text, href) => (href.endsWith(text) ? text : `${text} ${href}`),
  item: () => '',
  mention: tokenOf,
}

/** A line without its marks, spoilers open. */
export const plainText = (nodes: readonly Inline[], nameOf: NameOf = unknown): string =>
  inlineText(nodes, { ...whole, link: (text) => text, mention: (node) => mentionText(node, nameOf) })

function plain(block: Block, style: Style): string {
  switch (block.kind) {
    case 'paragraph':
      return inlineText(block.children, style)
    case 'codeBlock':
      return block.text
    case 'quote':
      return block.children.map((child) => plain(child, style)).join(style.between)
    case 'list':
      return block.items
        .map(
          ({ number, children }) =>
            style.item(number) + children.map((child) => plain(child, style)).join(style.between),
        )
        .join(style.between)
    default:
      return block satisfies never
  }
}

const inlineText = (children: readonly Inline[], style: Style): string =>
  children.map((child) => plainInline(child, style)).join('')

function plainInline(node: Inline, style: Style): string {
  switch (node.kind) {
    case 'text':
    case 'code':
      return node.text
    case 'break':
      return style.between
    case 'mention':
      return style.mention(node)
    case 'link':
      return style.link(inlineText(node.children, style), node.href)
    case 'spoiler':
      return style.spoiler(inlineText(node.children, style))
    case 'bold':
    case 'italic':
    case 'strike':
      return inlineText(node.children, style)
    default:
      return node satisfies never
  }
}

const onOneLine = (text: string): string =>
  text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The beginning of a text, within the limit, cut between graphemes. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const room = max - 1
  // The rest of the text cannot be in it, so it is not segmented.
  const beginning = text.slice(0, 2 * max)
  let end = 0
  for (const { index, segment } of graphemes.segment(beginning)) {
    if (index + segment.length > room) break
    end = index + segment.length
  }
  // A single grapheme may be longer: then it is cut between its code points.
  const kept = end > 0 ? text.slice(0, end) : text.slice(0, room).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept.trimEnd()}…`
}
