import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import type { EventKind } from './timeline-event'

/** Up to which line somebody has read a conversation. Of two, the one with the higher revision is the later. */
export interface ReadPosition {
  /** How often they have marked it as unread: the one way in which a position moves backward. */
  readonly revision: number
  /** The last line that they have seen, with all before it. Within a revision it only moves forward. */
  readonly readLine: number
}

/** The read position of a member in a conversation, by lines. */
export interface ReadState extends ReadPosition {
  /** Their own lines after it, ascending: own messages are never unread. */
  readonly ownLines: readonly number[]
  /** The lines that there were when they last marked it as unread. */
  readonly heldLine: number
}

/** Own lines never count as unread, and neither does the start of the conversation. */
export const isNeverUnread = ({ type, actorId }: Line, userId: UserId): boolean =>
  actorId === userId || type === ('ConversationStarted' satisfies EventKind)

/** As much of an event as tells whose line it makes. */
interface Line {
  readonly type: string
  readonly actorId: string
}

/** What a person marks as unread again. */
export interface Unreading {
  /** The revision that it moves the position from. */
  readonly revision: number
  /** The first line that is to be unread. */
  readonly line: number
  /** All lines of the conversation, and which of them from `line` on never count as unread. */
  readonly lines: number
  readonly ownLines: readonly number[]
}

export const unread: ReadState = { revision: 0, readLine: 0, ownLines: [], heldLine: 0 }

/** A member who writes so much without ever reading needs no count; beyond this number, own lines count as read. */
export const maxOwnLines = limits.unreadLines

export const isLater = (one: ReadPosition, other: ReadPosition): boolean =>
  one.revision === other.revision ? one.readLine > other.readLine : one.revision > other.revision

/**
 * They have seen the list up to this line. Who knows no revision says so only with a line that was not there when it was
 * marked as unread: all others may be older than that.
 */
export function afterReading(state: ReadState, line: number, revision = revisionFor(state, line)): ReadState {
  const position = { revision, readLine: line }
  return isLater(position, state) ? settled({ ...state, ...position }) : state
}

export const revisionFor = ({ revision, heldLine }: Pick<ReadState, 'revision' | 'heldLine'>, line: number): number =>
  revision > 0 && line <= heldLine ? revision - 1 : revision

/** They want to read it again, from this line. */
export function afterUnreading(state: ReadState, { revision, line, lines, ownLines }: Unreading): ReadState {
  const told = { ...unread, revision: revision + 1, readLine: line - 1, heldLine: lines }
  return latest(state, ownLines.reduce(afterOwnLine, told))
}

/** They wrote this line themselves. Known lines change nothing, in any order. */
export function afterOwnLine(state: ReadState, line: number): ReadState {
  const { readLine, ownLines } = state
  if (line <= readLine || ownLines.includes(line)) return state
  const own = [...ownLines, line].sort((one, other) => one - other)
  return own.length > maxOwnLines
    ? settled({ ...state, readLine: own.at(-1) ?? readLine, ownLines: [] })
    : settled({ ...state, ownLines: own })
}

/** What is known from two sources. */
export function latest(one: ReadState, other: ReadState): ReadState {
  const { revision, readLine } = isLater(one, other) ? one : other
  const known = { revision, readLine, ownLines: [], heldLine: Math.max(one.heldLine, other.heldLine) }
  return [...one.ownLines, ...other.ownLines].toSorted((a, b) => a - b).reduce<ReadState>(afterOwnLine, known)
}

/** The number of unread lines. */
export const unreadLines = ({ readLine, ownLines }: Pick<ReadState, 'readLine' | 'ownLines'>, lines: number): number =>
  Math.max(0, lines - readLine - ownLines.filter((line) => line > readLine && line <= lines).length)

/** The first line that they have not read, or would be: own lines that follow the read line are read. */
export const firstUnreadLine = ({ readLine }: ReadState): number => readLine + 1

/** Own lines that follow the read line without a gap are read too. */
function settled(state: ReadState): ReadState {
  const { readLine, ownLines } = state
  const beyond = ownLines.filter((line) => line > readLine)
  const gap = beyond.findIndex((line, index) => line !== readLine + 1 + index)
  const contiguous = gap === -1 ? beyond.length : gap
  return { ...state, readLine: readLine + contiguous, ownLines: beyond.slice(contiguous) }
}
