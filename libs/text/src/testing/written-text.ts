import { tokenOf } from '../mentions'
import type { Block, Inline } from '../tree'

/** Everything that a tree shows or leads to, in the order in which it was written. Only for tests. */
export const writtenText = (blocks: readonly Block[]): string => blocks.map(blockText).join('\n')

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inlineText(block.children)
    case 'quote':
      return writtenText(block.children)
    case 'codeBlock':
      return `${block.language ?? ''}\n${block.text}`
    case 'list':
      return block.items.map(({ children }) => writtenText(children)).join('\n')
    default:
      return block satisfies never
  }
}

const inlineText = (nodes: readonly Inline[]): string => nodes.map(textOf).join('')

function textOf(node: Inline): string {
  switch (node.kind) {
    case 'text':
    case 'code':
      return node.text
    case 'break':
      return '\n'
    case 'mention':
      return tokenOf(node)
    case 'link': {
      const label = inlineText(node.children)
      const isBare = node.href === label || node.href === `mailto:${label}` || node.href === `https://${label}`
      return isBare ? label : `${label} ${node.href}`
    }
    case 'bold':
    case 'italic':
    case 'strike':
    case 'spoiler':
      return inlineText(node.children)
    default:
      return node satisfies never
  }
}

/** How many nodes there are in one another. */
export const depthOf = (blocks: readonly Block[]): number => deepest(blocks.map(blockDepth))

function blockDepth(block: Block): number {
  switch (block.kind) {
    case 'paragraph':
      return 1 + deepest(block.children.map(inlineDepth))
    case 'quote':
      return 1 + depthOf(block.children)
    case 'list':
      return 1 + deepest(block.items.map(({ children }) => depthOf(children)))
    case 'codeBlock':
      return 1
    default:
      return block satisfies never
  }
}

const inlineDepth = (node: Inline): number => 1 + ('children' in node ? deepest(node.children.map(inlineDepth)) : 0)

const deepest = (depths: readonly number[]): number => depths.reduce((most, depth) => Math.max(most, depth), 0)
