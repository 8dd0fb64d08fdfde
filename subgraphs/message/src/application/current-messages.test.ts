import type { MessageId } from '@parley/kernel/ids'
import { newConversation } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import { messageIdOf, messagesAfter } from '../domain/message'
import type { TimelineEvent } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import { logs } from '../testing/logs'
import { MemoryProjection } from '../testing/memory-projection'
import { MemoryTimelineLog } from '../testing/memory-timeline-log'
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
        const newest = [...now.values()].sort((one, other) => other.seq - one.seq)[0] ?? null
        expect(await messages.newest([{ conversationId, heardSeq: log.length }])).toEqual([newest])
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
