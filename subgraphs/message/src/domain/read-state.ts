/** The read position of a member in a conversation, by lines. */
export interface ReadState {
  /** The last line that they have seen, with all before it; only moves forward. */
  readonly readLine: number
  /** Their own lines after it, ascending: own messages are never unread. */
  readonly ownLines: readonly number[]
}

export const unread: ReadState = { readLine: 0, ownLines: [] }

/** A member who writes so much without ever reading needs no count; beyond this number, own lines count as read. */
export const maxOwnLines = 200

/** They have seen the list up to this line. */
export function afterReading({ readLine, ownLines }: ReadState, line: number): ReadState {
  return settled(Math.max(readLine, line), ownLines)
}

/** They wrote this line themselves. Known lines change nothing, in any order. */
export function afterOwnLine(state: ReadState, line: number): ReadState {
  const { readLine, ownLines } = state
  if (line <= readLine || ownLines.includes(line)) return state
  const own = [...ownLines, line].sort((one, other) => one - other)
  return own.length > maxOwnLines ? settled(own.at(-1) ?? readLine, []) : settled(readLine, own)
}

/** The number of unread lines. */
export const unreadLines = ({ readLine, ownLines }: ReadState, lines: number): number =>
  Math.max(0, lines - readLine - ownLines.filter((line) => line > readLine && line <= lines).length)

/** The first line that they have not read, or would be: own lines that follow the read line are read. */
export const firstUnreadLine = ({ readLine }: ReadState): number => readLine + 1

/** Own lines that follow the read line without a gap are read too. */
function settled(readLine: number, ownLines: readonly number[]): ReadState {
  const beyond = ownLines.filter((line) => line > readLine)
  const gap = beyond.findIndex((line, index) => line !== readLine + 1 + index)
  const contiguous = gap === -1 ? beyond.length : gap
  return { readLine: readLine + contiguous, ownLines: beyond.slice(contiguous) }
}
