import type { Block, Inline } from '../tree'

const tags = { bold: 'b', italic: 'i', strike: 's', spoiler: 'spoiler' } as const

/** A tree as short HTML, as the cases have it: `<p>Hello <b>world</b></p>`. Only for tests. */
export const markup = (blocks: readonly Block[]): string => blocks.map(blockMarkup).join('')

function blockMarkup(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${block.children.map(inlineMarkup).join('')}</p>`
    case 'quote':
      return `<quote>${markup(block.children)}</quote>`
    case 'codeBlock':
      return `<pre${block.language === null ? '' : ` ${block.language}`}>${escaped(block.text)}</pre>`
    case 'list':
      return `<list>${block.items
        .map(({ number, children }) => `<item${number === null ? '' : ` ${number}`}>${markup(children)}</item>`)
        .join('')}</list>`
    default:
      return block satisfies never
  }
}

function inlineMarkup(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return escaped(node.text)
    case 'code':
      return `<code>${escaped(node.text)}</code>`
    case 'break':
      return '<br>'
    case 'mention':
      return `<@${node.who}>`
    case 'link': {
      const shown = node.destination === null ? '' : ` [${node.destination}]`
      return `<a ${escaped(node.href)}>${node.children.map(inlineMarkup).join('')}</a>${escaped(shown)}`
    }
    case 'bold':
    case 'italic':
    case 'strike':
    case 'spoiler':
      return `<${tags[node.kind]}>${node.children.map(inlineMarkup).join('')}</${tags[node.kind]}>`
    default:
      return node satisfies never
  }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
