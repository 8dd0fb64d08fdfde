import fc from 'fast-check'
import type { TimelineEvent } from '../domain/timeline-event'
import { logs } from '../testing/logs'
import { headsOf, laterHead, noHead } from './heads'
import { UnappliedEvents } from './unapplied-events'

const headAfter = (events: readonly TimelineEvent[]) => [...headsOf(events).values()][0] ?? noHead

describe('the head of a conversation', () => {
  it('I6: is the same for readers who add what is not applied yet, whatever is applied in between', () => {
    const parts = fc.tuple(logs, fc.nat(), fc.nat())
    fc.assert(
      fc.property(parts, ([log, one, other]) => {
        const [applied, read] = [one, other].map((at) => at % (log.length + 1)).toSorted((a, b) => a - b)
        const unapplied = new UnappliedEvents()
        unapplied.add(log.slice(applied))
        const newer = headAfter(unapplied.of(log.slice(0, 1).map(({ conversationId }) => conversationId)))
        unapplied.delete(log)
        expect(unapplied.of(log.map(({ conversationId }) => conversationId))).toEqual([])
        const { detailsSeq = 0, ...head } = laterHead(headAfter(log.slice(0, read)), newer)
        const { detailsSeq: expected = 0, ...whole } = headAfter(log)
        expect({ ...head, detailsSeq }).toEqual({ ...whole, detailsSeq: expected })
      }),
      { seed: 2_211, numRuns: 300 },
    )
  })
})
