/** A character that leaves a mark: no space, no control, none of those that are drawn as nothing. */
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u

const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g
const controls = /[\0-\x08\x0e-\x1f\x7f-\x9f]/g
/** These reverse the letters after them, which only ever deceives: exe.gpj. */
const overrides = /[\u202D\u202E]/g

/** Whether there is anything to see in a text. */
export const hasVisible = (text: string): boolean => visible.test(text)

/**
 * A text as it is stored and sent: well-formed, with \n for every kind of line break, without control characters, empty
 * lines around it and white space after it. The indentation of the first line stays. What turns the direction of text
 * ends in its line, so that it turns nothing else. Of its own result it makes the same text.
 */
export function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replace(controls, '')
    .replace(overrides, '')
    .split('\n')
    .map(withClosedDirections)
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
}

const popEmbedding = '\u202C'
const popIsolate = '\u2069'
const directions = /[\u202A-\u202C\u2066-\u2069]/g
const opens = /[\u202A\u202B\u2066-\u2068]/

/** Drops what closes nothing and closes what is left open. More than a few in one another do nothing useful. */
function withClosedDirections(line: string): string {
  const open: string[] = []
  const kept = line.replace(directions, (character) => {
    if (!opens.test(character)) return open.at(-1) === character && open.pop() !== undefined ? character : ''
    if (open.length === deepest) return ''
    open.push(character < '\u2066' ? popEmbedding : popIsolate)
    return character
  })
  return kept + open.reverse().join('')
}

const deepest = 8
