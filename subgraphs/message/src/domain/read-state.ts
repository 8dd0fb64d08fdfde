/** How far somebody has read a conversation, by its lines. */
export interface ReadState {
  /** The last line that they have seen, with all before it; only ever moves forward. */
  readonly readLine: number
  /** Lines of their own beyond it, ascending: nobody has to read what they wrote themselves. */
  readonly ownLines: readonly number[]
}

export const unread: ReadState = { readLine: 0, ownLines: [] }

/** Who writes so much without ever reading has no use for a count; beyond this their own lines are what they have read. */
export const maxOwnLines = 200

/** They have seen the list up to this line. */
export function afterReading({ readLine, ownLines }: ReadState, line: number): ReadState {
  return settled(Math.max(readLine, line), ownLines)
}

/** They made this line themselves. Known lines change nothing, in whatever order they come. */
export function afterOwnLine(state: ReadState, line: number): ReadState {
  const { readLine, ownLines } = state
  if (line <= readLine || ownLines.includes(line)) return state
  const own = [...ownLines, line].sort((one, other) => one - other)
  return own.length > maxOwnLines ? settled(own.at(-1) ?? readLine, []) : settled(readLine, own)
}

/** How many of a conversation's lines wait for them. */
export const unreadLines = ({ readLine, ownLines }: ReadState, lines: number): number =>
  Math.max(0, lines - readLine - ownLines.filter((line) => line > readLine && line <= lines).length)

/** Own lines that follow what was read without a gap are read too. */
function settled(readLine: number, ownLines: readonly number[]): ReadState {
  const beyond = ownLines.filter((line) => line > readLine)
  const gap = beyond.findIndex((line, index) => line !== readLine + 1 + index)
  const contiguous = gap === -1 ? beyond.length : gap
  return { readLine: readLine + contiguous, ownLines: beyond.slice(contiguous) }
}
