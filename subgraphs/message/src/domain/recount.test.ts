import { limits } from '@parley/kernel/limits'
import { newConversation, newUser } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import { eventAt, mentionsOf } from '../testing/entries'
import { logs, people } from '../testing/logs'
import { peopleIn } from './mentions'
import { messagesAfter, withErased } from './message'
import { maxOwnLines } from './read-state'
import { LogSequence, Recount } from './recount'
import { lineOf, type TimelineEvent } from './timeline-event'

function recountOf(log: readonly TimelineEvent[]): Recount {
  const recount = new Recount()
  for (const event of log) recount.take(event)
  return recount
}

function faultsIn(log: readonly TimelineEvent[]): readonly string[] {
  const sequence = new LogSequence()
  return log.flatMap((event) => sequence.take(event))
}

describe('a recount of a log', () => {
  it('I6: says whose lines there are, and whom they mention now, also when deleted texts were erased', () => {
    fc.assert(
      fc.property(logs, (written) => {
        const log = withErased(written)
        const recount = recountOf(log)
        for (const userId of people) {
          const own = log.filter((event) => event.actorId === userId).flatMap((event) => lineOf(event) ?? [])
          const messages = [...messagesAfter(log).values()]
          const mentioning = messages.filter(
            ({ line, mentions }) => line !== null && peopleIn(mentions).includes(userId),
          )
          const { ownLines, marks } = recount.of(userId)
          const counted = [...marks].filter(([, mark]) => mark % 2 === 1).map(([line]) => line)
          expect(ownLines).toEqual(own)
          expect(new Set(counted)).toEqual(new Set(mentioning.map(({ line }) => line)))
        }
      }),
    )
  })

  it('remembers the newest lines only, and from where on', () => {
    const [conversationId, me] = [newConversation(), newUser()]
    const count = maxOwnLines + 5
    const log = Array.from({ length: count }, (_, index) =>
      eventAt(index + 1, { conversationId, actorId: me, mentions: mentionsOf([me]) }),
    )
    const { ownLines, ownLinesAfter, marks, marksAfter } = recountOf(log).of(me)
    expect([ownLines.length, ownLines[0], ownLinesAfter]).toEqual([maxOwnLines, 6, 5])
    expect([marks.size, marksAfter]).toEqual([limits.unreadMentions, count - limits.unreadMentions])
  })
})

describe('the order of a log', () => {
  it('I3: is without a fault, and counts the pins that there are', () => {
    fc.assert(
      fc.property(logs, (written) => {
        const log = withErased(written)
        const sequence = new LogSequence()
        expect(log.flatMap((event) => sequence.take(event))).toEqual([])
        const pinned = [...messagesAfter(log).values()].filter(({ pinnedAt }) => pinnedAt !== null)
        expect([sequence.pinned, sequence.place.pins ?? 0]).toEqual([pinned.length, pinned.length])
      }),
    )
  })

  it('has a fault for an event that is missing, and for each count that does not follow', () => {
    const conversationId = newConversation()
    const log = [1, 2, 3, 4].map((seq) => eventAt(seq, { conversationId }))
    const changed = (change: object) => log.map((event, index) => (index === 2 ? { ...event, ...change } : event))
    expect(faultsIn(log)).toEqual([])
    expect(faultsIn(log.filter(({ seq }) => seq !== 2))).toEqual(['seq'])
    expect(faultsIn(changed({ lines: 4 }))).toEqual(['lines', 'lines'])
    expect(faultsIn(changed({ pins: 1 }))).toEqual(['pins', 'pins'])
  })
})
