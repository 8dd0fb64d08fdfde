import { parse } from './parse'
import type { Block, Inline, Mention } from './tree'

/** Whom a text mentions. */
export interface TextMentions {
  /** Ids in lower case, each once, in the order of their first mention. */
  readonly userIds: readonly string[]
  readonly all: boolean
  readonly here: boolean
}

/** What people call a person in a text; null when the name is not known. */
export type NameOf = (userId: string) => string | null

const words: ReadonlySet<string> = new Set(['all', 'here'])

/** Whether it is `@all` or `@here`. */
export const isWord = ({ who }: Pick<Mention, 'who'>): boolean => words.has(who)

/** As it is written in a text. */
export const tokenOf = ({ who }: Pick<Mention, 'who'>): string => (words.has(who) ? `@${who}` : `<@${who}>`)

/** As people read it. */
export const mentionText = (mention: Pick<Mention, 'who'>, nameOf: NameOf): string =>
  `@${isWord(mention) ? mention.who : (nameOf(mention.who) ?? 'someone')}`

/** Whom a text mentions, anywhere but in code, in time linear in its length. */
export function mentionsIn(text: string): TextMentions {
  const found = new Set<string>()
  if (text.includes('@')) for (const block of parse(text)) addFrom(block, found)
  const all = found.delete('all')
  const here = found.delete('here')
  return { userIds: [...found], all, here }
}

function addFrom(node: Block | Inline, found: Set<string>): void {
  if (node.kind === 'mention') found.add(node.who)
  else if (node.kind === 'list') for (const item of node.items) for (const child of item.children) addFrom(child, found)
  else if ('children' in node) for (const child of node.children) addFrom(child, found)
}
