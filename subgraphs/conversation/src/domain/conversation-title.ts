import { InvalidFields } from '@parley/kernel/errors'
import type { Branded } from '@parley/kernel/ids'
import { normalized } from '@parley/kernel/normalized'

export type ConversationTitle = Branded<'ConversationTitle'>

export const maxTitleCharacters = 80

/** White space of any kind, control characters, and the marks that turn the direction of the text after them. */
const gaps = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu
/** Something to see: neither space, format character nor one of the letters that are drawn as nothing. */
const visible = /[^\p{Z}\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u

const invalid = (message: string): InvalidFields =>
  new InvalidFields([{ field: 'title', code: 'INVALID_FIELD', message }])

/** One line of 1 to 80 code points; throws InvalidFields with what to do otherwise. */
export function conversationTitle(raw: string): ConversationTitle {
  const title = normalized(raw.toWellFormed(), 'NFC', maxTitleCharacters).replaceAll(gaps, ' ').trim()
  if (!visible.test(title)) throw invalid('Give the conversation a title with at least one visible character.')
  const { length } = Array.from(title)
  if (length > maxTitleCharacters)
    throw invalid(`A title has at most ${maxTitleCharacters} characters; this one has ${length}.`)
  return title as ConversationTitle
}
