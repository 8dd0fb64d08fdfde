/** A formatted message: what stands below another. Depth is bounded, see `maxDepth` in blocks.ts and inline.ts. */
export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | { readonly kind: 'list'; readonly items: readonly ListItem[] }
  /** The language is a word as it was written, in lower case; null without one. */
  | { readonly kind: 'codeBlock'; readonly language: string | null; readonly text: string }

export interface ListItem {
  /** As it was written; null for a bullet. */
  readonly number: number | null
  readonly children: readonly Block[]
}

export type Mark = 'bold' | 'italic' | 'strike' | 'spoiler'

/** A part of a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: Mark; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | Link
  | Mention
  | { readonly kind: 'break' }

export interface Link {
  readonly kind: 'link'
  /** Of http, https or mailto. */
  readonly href: string
  /** Never has links; spoilers within are text. */
  readonly children: readonly Inline[]
  /** The host or e-mail address that it leads to, where the label looks like another one and this must be shown; else null. */
  readonly destination: string | null
}

/** `<@id>`, `@all` or `@here`. Whether the person may be told is for those who read the tree to know. */
export interface Mention {
  readonly kind: 'mention'
  /** The id of a person, in lower case, or one of two words. */
  readonly who: string
}
