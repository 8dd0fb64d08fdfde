import { InvalidFields } from '@parley/kernel/errors'
import type { Branded } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'

export type MessageText = Branded<'MessageText'>

/** A character that leaves a mark: no space, no control, none of those that are meant to be ignored. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u

const invalid = (code: string, message: string): InvalidFields => new InvalidFields([{ field: 'text', code, message }])

/**
 * Characters are Unicode code points, as users count them. White space around the text is removed. Throws InvalidFields
 * for a text without visible characters, and for one that is too long.
 */
export function messageText(value: string): MessageText {
  const text = value.toWellFormed().replaceAll('\0', '').trim()
  if (!visible.test(text))
    throw invalid('MESSAGE_EMPTY', 'Write something first: a message needs at least one visible character.')
  const length = [...text].length
  if (length > limits.messageLength) {
    const [most, has] = [limits.messageLength, length].map((count) => count.toLocaleString('en'))
    throw invalid('MESSAGE_TOO_LONG', `A message has at most ${most} characters; this one has ${has}.`)
  }
  return text as MessageText
}

const { excerptUnits } = limits
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The beginning of a text, within the limit, cut between graphemes. */
export function excerptOf(text: string): string {
  if (text.length <= excerptUnits) return text
  // The rest of the text cannot be in the excerpt, so it is not segmented.
  const beginning = text.slice(0, 2 * excerptUnits)
  let end = 0
  for (const { index, segment } of graphemes.segment(beginning)) {
    if (index + segment.length > excerptUnits) break
    end = index + segment.length
  }
  // A single grapheme may be longer: then it is cut between its code points.
  return end > 0 ? text.slice(0, end) : text.slice(0, excerptUnits).replace(/[\uD800-\uDBFF]$/, '')
}
