import written from './cases.json'

export interface Case {
  readonly name: string
  readonly text: string
  /** Its tree, as testing/markup.ts writes it. */
  readonly tree: string
  /** Of at most 80 UTF-16 units. */
  readonly excerpt: string
}

/** What the server and the client must both make of a text. docs/text.md is the same in words. */
export const cases: readonly Case[] = written
