import { Logger } from '@nestjs/common'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { newConversation } from '@parley/platform/testing/ids'
import { liveChannels } from '../application/channels'
import { beginning, placeAfter, type TimelineEvent } from '../domain/timeline-event'
import { entry, eventAt } from '../testing/entries'
import type { Projections } from './projections'
import { Publication } from './publication'
import type { TimelineRelay } from './timeline-relay'
import { UnappliedEvents } from './unapplied-events'

const sent = (): TimelineEvent => {
  const one = entry({ conversationId: newConversation() })
  return { ...one, ...placeAfter(beginning, one) }
}

/** Projections whose writes end when the test says so. */
function slowParts() {
  const writes: { readonly events: readonly TimelineEvent[]; end(): void; fail(): void }[] = []
  let rings = 0
  const projections = {
    apply: (events: readonly TimelineEvent[]) =>
      new Promise<void>((resolve, reject) => {
        writes.push({ events, end: resolve, fail: () => reject(new Error('The engine is away')) })
      }),
  } as Projections
  const ring = (): void => {
    rings += 1
  }
  const relay = { ring } as unknown as TimelineRelay
  const unapplied = new UnappliedEvents()
  const channels = new MemoryChannels()
  const publication = new Publication(channels, projections, unapplied, relay)
  const unappliedOf = (events: readonly TimelineEvent[]) =>
    unapplied.of(events.map(({ conversationId }) => conversationId))
  return { writes, rings: () => rings, publication, channels, unappliedOf }
}

const turn = () => new Promise(setImmediate)

describe('what happens after an append', () => {
  beforeAll(() => {
    Logger.overrideLogger(false)
  })

  it('applies events that arrive meanwhile together, and rings the relay after each time', async () => {
    const { writes, rings, publication } = slowParts()
    const events = [sent(), sent(), sent()]
    for (const event of events) publication.announce([event])
    expect(writes.map((write) => write.events)).toEqual([events.slice(0, 1)])
    writes[0]?.end()
    const finished = publication.onModuleDestroy()
    await turn()
    expect(writes.map((write) => write.events)).toEqual([events.slice(0, 1), events.slice(1)])
    expect(rings()).toBe(1)
    writes[1]?.end()
    await finished
    expect(rings()).toBe(2)
  })

  it('shows to readers of this process what is not applied yet', async () => {
    const { writes, publication, unappliedOf } = slowParts()
    const events = [sent(), sent()]
    for (const event of events) publication.announce([event])
    expect(unappliedOf(events)).toEqual(events)
    writes[0]?.end()
    const finished = publication.onModuleDestroy()
    await turn()
    expect(unappliedOf(events)).toEqual(events.slice(1))
    writes[1]?.fail()
    await finished
    expect(unappliedOf(events)).toEqual([])
  })

  it('leaves a write that fails to the relay, and goes on with what waits and what comes later', async () => {
    const { writes, rings, publication } = slowParts()
    const [first, waiting, later] = [sent(), sent(), sent()]
    publication.announce([first])
    publication.announce([waiting])
    writes[0]?.fail()
    const finished = publication.onModuleDestroy()
    await turn()
    expect(writes[1]?.events).toEqual([waiting])
    expect(rings()).toBe(1)
    writes[1]?.fail()
    await finished
    publication.announce([later])
    const ended = publication.onModuleDestroy()
    await turn()
    expect(writes[2]?.events).toEqual([later])
    writes[2]?.end()
    await ended
    expect([writes.length, rings()]).toEqual([3, 3])
  })

  it('sends one hint for what was written together', async () => {
    const { publication, channels } = slowParts()
    const { conversationId } = sent()
    const hints: unknown[] = []
    await channels.subscribe(liveChannels.timeline, conversationId, (hinted) => hints.push([hinted].flat().length))
    const events = Array.from({ length: 60 }, (_, index) => ({ ...sent(), conversationId, seq: index + 1 }))
    publication.announce(events.slice(0, 1))
    publication.announce(events.slice(1))
    expect(hints).toEqual([1, 25, 25, 9])
  })

  it('bounds the size of a hint', async () => {
    const { publication, channels } = slowParts()
    const { conversationId } = sent()
    const hints: (readonly TimelineEvent[])[] = []
    await channels.subscribe(liveChannels.timeline, conversationId, (hinted) => hints.push([hinted].flat()))
    const sizes = [100, 30_000, 30_000, 30_000, 70_000, 100]
    const events = sizes.map((size, index) => eventAt(index + 1, { conversationId, text: 'x'.repeat(size) }))
    publication.announce(events)
    expect(hints.map((some) => some.map(({ seq }) => seq))).toEqual([[1, 2, 3], [4], [5], [6]])
  })

  it('rings the relay when a write hangs', () => {
    jest.useFakeTimers()
    try {
      const { rings, publication } = slowParts()
      publication.announce([sent()])
      expect(rings()).toBe(0)
      jest.runOnlyPendingTimers()
      expect(rings()).toBe(1)
    } finally {
      jest.useRealTimers()
    }
  })
})
