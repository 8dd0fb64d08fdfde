import type { MessageId } from '@parley/kernel/ids'
import { newConversation } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import { messageIdOf, messagesAfter, sendingOf } from '../domain/message'
import { lineOf, type TimelineEvent } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import { logs } from '../testing/logs'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
import { RoundTrips } from '../testing/round-trips'
import { CurrentMessages } from './current-messages'

/** A log, how much of it is folded in order, and which later events were applied as well. */
const stories = logs
  .filter(({ length }) => length > 0)
  .chain((log) =>
    fc.record({
      log: fc.constant(log),
      folded: fc.nat({ max: log.length }),
      heard: fc.shuffledSubarray(log),
    }),
  )

async function partsOf(events: readonly TimelineEvent[]) {
  const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
  for (const event of events) await log.append(event)
  return { projection, messages: new CurrentMessages(projection, log, projection) }
}

describe('the current state of a message', () => {
  it('I5: equals the fold of the whole log, whatever the projection lacks', async () => {
    await fc.assert(
      fc.asyncProperty(stories, async ({ log, folded, heard }) => {
        const { projection, messages } = await partsOf(log)
        await projection.fold(log.slice(0, folded))
        projection.hear(heard)
        const now = messagesAfter(log)
        const conversationId = log[0]?.conversationId ?? newConversation()
        const { events, upTo } = await messages.allAsOfNow(conversationId, log)
        expect(upTo).toBeGreaterThanOrEqual(log.length)
        expect(events.map(({ message }) => message)).toEqual(
          log.map((event) => now.get(messageIdOf(event) as MessageId) ?? null),
        )
        expect(await messages.byId([...now.keys()])).toEqual([...now.values()])
        const listed = [...now.values()].filter(({ line }) => line !== null)
        const newest = listed.sort((one, other) => other.seq - one.seq)[0] ?? null
        expect(await messages.newest([{ conversationId, heardSeq: log.length }])).toEqual([newest])
      }),
    )
  })

  it('of no message at all is read nowhere', async () => {
    const { projection } = await partsOf([])
    const trips = new RoundTrips()
    const messages = new CurrentMessages(trips.to(projection), trips.to(new MemoryTimelineLog()), trips.to(projection))
    expect(await messages.byId([])).toEqual([])
    expect(trips.waited).toBe(0)
  })

  it('I5: a page has the lines of the log with their messages as of now, whatever the projection lacks', async () => {
    const range = fc.record({ before: fc.integer({ min: 1, max: 32 }), last: fc.integer({ min: 1, max: 32 }) })
    await fc.assert(
      fc.asyncProperty(stories, range, async ({ log, folded, heard }, { before, last }) => {
        const { projection, messages } = await partsOf(log)
        await projection.fold(log.slice(0, folded))
        projection.hear(heard)
        const now = messagesAfter(log)
        const conversationId = log[0]?.conversationId ?? newConversation()
        const told: number[] = []
        const page = await messages.lines(conversationId, (lines) => {
          told.push(lines)
          return { from: Math.max(1, before - last), to: Math.min(before, lines + 1) - 1 }
        })
        expect(told.at(-1)).toBe(log.at(-1)?.lines)
        expect(page.lines).toBe(log.at(-1)?.lines)
        expect(page.upTo).toBe(log.length)
        const own = log.filter((event) => (lineOf(event) ?? 0) >= page.from && (lineOf(event) ?? before) < before)
        const expected = own.map((event) => {
          const message = now.get(messageIdOf(event) as MessageId) ?? null
          const quoted = now.get(message?.replyToId as MessageId)
          return {
            ...(message === null ? event : sendingOf(message)),
            message,
            ...(quoted === undefined ? {} : { quoted }),
          }
        })
        // The text of the sending is that of now, or still the one of then; what was pinned then is not read.
        const withoutText = (events: readonly object[]) =>
          events.map((event) => ({ ...event, data: undefined, pins: undefined }))
        expect(withoutText(page.events)).toEqual(withoutText(expected))
      }),
    )
  })

  it('has only existing messages', async () => {
    const { messages } = await partsOf([])
    expect(await messages.byId([newConversation() as string as MessageId])).toEqual([])
    expect(await messages.newest([{ conversationId: newConversation(), heardSeq: 0 }])).toEqual([null])
  })

  it('reports how far it goes when the projection is too far behind, and stores what it has folded', async () => {
    const conversationId = newConversation()
    const [log, projection] = [new MemoryTimelineLog(), new MemoryProjection()]
    for (let count = 0; count < 2_100; count += 1) await log.append(entry({ conversationId }))
    const messages = new CurrentMessages(projection, log, projection)
    expect((await messages.allAsOfNow(conversationId, [])).upTo).toBe(2_000)
    expect((await messages.allAsOfNow(conversationId, [])).upTo).toBe(2_100)
  })
})
