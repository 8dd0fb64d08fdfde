import { endsInCode } from './code-parts'
import type { CompletionQuery } from './completion-query'

/** A colon that begins a word: none of a time, an address or `a::b`. */
const begins = String.raw`(?<![\w:/\\]):`
const open = new RegExp(String.raw`${begins}([a-z0-9_+-]{2,46})$`, 'i')
const whole = new RegExp(String.raw`${begins}([a-z0-9_+-]{1,46}):$`, 'i')

/** The name of an emoji that is being written before the caret, from two letters on. */
export const emojiQuery = (text: string, caret: number): CompletionQuery | null => before(text, caret, open)

/** The name of an emoji that ends at the caret, between its colons. */
export const wholeEmojiName = (text: string, caret: number): CompletionQuery | null => before(text, caret, whole)

function before(text: string, caret: number, pattern: RegExp): CompletionQuery | null {
  const found = pattern.exec(text.slice(Math.max(0, caret - 64), caret))
  const name = found?.[1]
  if (found === null || name === undefined) return null
  const at = caret - found[0].length
  return endsInCode(text.slice(0, at)) ? null : { at, text: name }
}
