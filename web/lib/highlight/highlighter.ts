import { createLowlight, type LanguageFn } from 'lowlight'

/** A piece of code that has one colour. */
export interface CodeToken {
  readonly text: string
  /** A class of globals.css; null for plain code. */
  readonly look: string | null
}

/** What highlight.js calls a thing, and which of our few colours it has. */
const looks: Readonly<Record<string, string>> = {
  addition: 'added',
  attr: 'name',
  attribute: 'name',
  built_in: 'type',
  bullet: 'keyword',
  class: 'type',
  comment: 'comment',
  deletion: 'removed',
  doctag: 'comment',
  keyword: 'keyword',
  literal: 'keyword',
  meta: 'comment',
  name: 'keyword',
  number: 'number',
  property: 'name',
  quote: 'comment',
  regexp: 'string',
  'selector-attr': 'name',
  'selector-class': 'type',
  'selector-id': 'type',
  'selector-tag': 'keyword',
  section: 'title',
  string: 'string',
  symbol: 'number',
  title: 'title',
  type: 'type',
  variable: 'name',
}

const lowlight = createLowlight()

type Node = ReturnType<typeof lowlight.highlight>['children'][number]

/** Code as pieces in its order, in one of the languages that highlight.js knows. Nothing in it is lost. */
export function highlight(language: string, grammar: LanguageFn, text: string): readonly CodeToken[] {
  if (!lowlight.registered(language)) lowlight.register(language, grammar)
  const tokens: CodeToken[] = []
  // Without recursion: code may have as many things in one another as it has characters.
  const stack: { readonly node: Node; readonly look: string | null }[] = []
  const push = (nodes: readonly Node[], look: string | null) => {
    for (const node of nodes.toReversed()) stack.push({ node, look })
  }
  push(lowlight.highlight(language, text).children, null)
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, look } = top
    if (node.type === 'text') tokens.push({ text: node.value, look })
    else if (node.type === 'element') push(node.children, lookOf(node.properties['className']) ?? look)
  }
  return tokens
}

function lookOf(classes: unknown): string | null {
  const first: unknown = Array.isArray(classes) ? classes[0] : undefined
  return typeof first === 'string' ? (looks[first.replace(/^hljs-/, '')] ?? null) : null
}
