import { InvalidFields } from '@parley/kernel/errors'
import type { Branded } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { cleaned, hasVisible } from '@parley/text/clean'

export type MessageText = Branded<'MessageText'>

const invalid = (code: string, message: string): InvalidFields => new InvalidFields([{ field: 'text', code, message }])

/**
 * Characters are Unicode code points, as users count them. Empty lines around the text, white space after it and what
 * cannot be seen but does harm are removed: docs/text.md. Throws InvalidFields for a text without visible characters,
 * and for one that is too long.
 */
export function messageText(value: string): MessageText {
  const text = cleaned(value)
  if (!hasVisible(text))
    throw invalid('MESSAGE_EMPTY', 'Write something first: a message needs at least one visible character.')
  const length = [...text].length
  if (length > limits.messageLength) {
    const [most, has] = [limits.messageLength, length].map((count) => count.toLocaleString('en'))
    throw invalid('MESSAGE_TOO_LONG', `A message has at most ${most} characters; this one has ${has}.`)
  }
  return text as MessageText
}
