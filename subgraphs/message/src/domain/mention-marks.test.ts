import fc from 'fast-check'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import { limits } from '@parley/kernel/limits'
import { eventAt, mentionsOf } from '../testing/entries'
import { logs, people } from '../testing/logs'
import { type MentionMarks, marksAfter, marksMadeBy, noMarks, unreadMentions, withMarks } from './mention-marks'
import { peopleIn } from './mentions'
import { messagesAfter } from './message'
import type { TimelineEvent } from './timeline-event'

/** From the messages as they are now. */
const recount = (log: readonly TimelineEvent[], userId: (typeof people)[number], readLine: number): number =>
  [...messagesAfter(log).values()].filter(
    ({ line, mentions }) => line !== null && line > readLine && peopleIn(mentions).includes(userId),
  ).length

/** What the store keeps of one user. */
const stored = (events: readonly TimelineEvent[], userId: (typeof people)[number]): MentionMarks =>
  events
    .flatMap((event) => marksMadeBy(event).filter((made) => made.userId === userId))
    .reduce((marks, { line, mark }) => withMarks(marks, new Map([[line, mark]])), noMarks)

const linesOf = (log: readonly TimelineEvent[]): number => log.at(-1)?.lines ?? 0

describe('I6: unread mentions', () => {
  it('equal a recount from the log: stored in any order and twice, live, and both together', () => {
    fc.assert(
      fc.property(logs, fc.nat({ max: 10 }), fc.nat(), (log, readLine, at) => {
        for (const userId of people) {
          const count = recount(log, userId, readLine)
          const shuffled = [...log.toReversed(), ...log.slice(at % (log.length + 1))]
          const rows = stored(shuffled, userId)
          const live = log.reduce((marks, event) => marksAfter(marks, event, userId), noMarks)
          const half = at % (log.length + 1)
          const joined = log
            .slice(half)
            .reduce((marks, event) => marksAfter(marks, event, userId), stored(log.slice(0, half), userId))
          for (const marks of [rows, live, joined]) expect(unreadMentions(marks, readLine, linesOf(log))).toBe(count)
        }
      }),
      { seed: 29, numRuns: 500 },
    )
  })

  it('are counted up to a limit, of the newest lines', () => {
    const [conversationId, me] = [newConversation(), newUser()]
    const log = Array.from({ length: 150 }, (_, index) =>
      eventAt(index + 1, { conversationId, mentions: mentionsOf([me]) }),
    )
    const marks = log.reduce((known, event) => marksAfter(known, event, me), noMarks)
    expect(marks.size).toBe(limits.unreadMentions)
    expect(unreadMentions(marks, 0, 150)).toBe(limits.unreadMentions)
    expect(unreadMentions(marks, 120, 150)).toBe(30)
  })
})
