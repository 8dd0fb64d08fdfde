import { Logger } from '@nestjs/common'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { newConversation } from '@parley/platform/testing/ids'
import { beginning, placeAfter, type TimelineEvent } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import type { Projections } from './projections'
import { Publication } from './publication'
import type { TimelineRelay } from './timeline-relay'

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
  return { writes, rings: () => rings, publication: new Publication(new MemoryChannels(), projections, relay) }
}

const turn = () => new Promise(setImmediate)

describe('what happens after an append', () => {
  beforeAll(() => {
    Logger.overrideLogger(false)
  })

  it('applies events that arrive during a write together, and rings the relay after each', async () => {
    const { writes, rings, publication } = slowParts()
    const events = [sent(), sent(), sent()]
    for (const event of events) publication.announce([event])
    expect(writes.map((write) => write.events)).toEqual([events.slice(0, 1)])
    writes[0]?.end()
    await turn()
    expect(writes.map((write) => write.events)).toEqual([events.slice(0, 1), events.slice(1)])
    expect(rings()).toBe(1)
    writes[1]?.end()
    await publication.onModuleDestroy()
    expect(rings()).toBe(2)
  })

  it('leaves a write that fails to the relay, and goes on with what waits and what comes later', async () => {
    const { writes, rings, publication } = slowParts()
    const [first, waiting, later] = [sent(), sent(), sent()]
    publication.announce([first])
    publication.announce([waiting])
    writes[0]?.fail()
    await turn()
    expect(writes[1]?.events).toEqual([waiting])
    expect(rings()).toBe(1)
    writes[1]?.fail()
    await turn()
    publication.announce([later])
    expect(writes[2]?.events).toEqual([later])
    writes[2]?.end()
    await publication.onModuleDestroy()
    expect([writes.length, rings()]).toEqual([3, 3])
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
