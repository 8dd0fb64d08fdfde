import type { UserId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { peopleIn } from './mentions'
import { evolve } from './message'
import type { TimelineEvent } from './timeline-event'

/**
 * The lines of a conversation that mention one user, or did: for each `markOf` its newest event. The newest mark of a line
 * wins, so that events can be applied twice and in any order.
 */
export type MentionMarks = ReadonlyMap<number, number>

export const noMarks: MentionMarks = new Map()

/** Odd when the message mentions them after the event of this version. */
const markOf = (version: number, isMentioned: boolean): number => 2 * version + (isMentioned ? 1 : 0)

export const tellsMention = (mark = 0): boolean => mark % 2 === 1

/** Of the event that made it. */
export const versionOf = (mark: number): number => Math.floor(mark / 2)

/** The next mark that says the opposite, so that it wins over this one, and an event that is really later over both. */
export const opposite = (mark: number): number => mark + 1

/** A mark that an event makes. */
export interface MadeMark {
  readonly userId: UserId
  readonly line: number
  readonly mark: number
}

/** For those whom an event newly mentions, or does not mention any more, in a line of the conversation. */
export function marksMadeBy(event: TimelineEvent): readonly MadeMark[] {
  if (event.type !== 'MessageSent' && event.type !== 'MessageEdited' && event.type !== 'MessageDeleted') return []
  const message = evolve(null, event)
  if (message === null || message.line === null) return []
  const { line } = message
  const [mentioned, unmentioned] =
    event.type === 'MessageSent'
      ? [peopleIn(message.mentions), []]
      : [event.data.mentioned ?? [], event.data.unmentioned ?? []]
  return [
    ...mentioned.map((userId) => ({ userId, line, mark: markOf(event.seq, true) })),
    ...unmentioned.map((userId) => ({ userId, line, mark: markOf(event.seq, false) })),
  ]
}

/** The marks of a user after an event, told by the state of its message. */
export function marksAfter(marks: MentionMarks, event: TimelineEvent, userId: UserId): MentionMarks {
  const message = evolve(null, event)
  if (message === null || message.line === null) return marks
  const isMentioned = peopleIn(message.mentions).includes(userId)
  if (!isMentioned && !marks.has(message.line)) return marks
  return withMarks(marks, new Map([[message.line, markOf(event.seq, isMentioned)]]))
}

/** Of the newest lines, as many as are counted at most. */
export function withMarks(one: MentionMarks, other: MentionMarks): MentionMarks {
  if (other.size === 0) return one
  const marks = new Map(one)
  for (const [line, mark] of other) marks.set(line, Math.max(mark, marks.get(line) ?? 0))
  return newestOf(marks)
}

export function newestOf(marks: MentionMarks): MentionMarks {
  if (marks.size <= limits.unreadMentions) return marks
  const newest = [...marks].sort(([one], [another]) => another - one).slice(0, limits.unreadMentions)
  return new Map(newest)
}

/** The number of unread mentions: of lines after the read position that mention the user. */
export function unreadMentions(marks: MentionMarks, readLine: number, lines: number): number {
  let count = 0
  for (const [line, mark] of marks) if (line > readLine && line <= lines && tellsMention(mark)) count += 1
  return count
}
