import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import type { EventProducer } from '@parley/platform/kafka/event-producer'
import type { ConversationId } from '@parley/kernel/ids'
import { newConversation } from '@parley/platform/testing/ids'
import { evolve } from '../domain/message'
import { beginning, placeAfter, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import { deletionOf, editOf, entry } from '../testing/entries'
import type { EventDocument } from './documents'
import { toDocument, toEvent } from './event-documents'
import type { Lease } from './lease'
import type { MongoErasure } from './mongo-erasure'
import type { Projections } from './projections'
import { TimelineRelay } from './timeline-relay'
import { UnappliedEvents } from './unapplied-events'

/** A relay over these pending rows; what it settles and publishes. */
function relayOf(rows: readonly EventDocument[]) {
  const settled: TimelineEvent[] = []
  const published: AnyIntegrationEvent[] = []
  const found = { sort: () => found, limit: () => found, toArray: () => Promise.resolve(rows) }
  const events = { collection: { find: () => found, updateMany: () => Promise.resolve() } }
  const done = <Item>(list: Item[]) => {
    return (items: readonly Item[]) => Promise.resolve(void list.push(...items))
  }
  const unapplied = new UnappliedEvents()
  const relay = new TimelineRelay(
    events as never,
    { settle: done(settled) } as unknown as Projections,
    { publish: done(published) } as unknown as EventProducer,
    { hold: () => Promise.resolve(true) } as Lease,
    { erase: () => Promise.resolve() } as unknown as MongoErasure,
    unapplied,
  )
  return { relay, settled, published, unapplied }
}

describe('the relay', () => {
  it('neither projects nor publishes the text of a message that is deleted in the same batch', async () => {
    const conversationId = newConversation()
    const sent = entry({ conversationId, text: 'A secret' })
    const message = evolve(null, { ...sent, seq: 1, lines: 1 })
    if (message === null) throw new Error('Nothing was sent')
    const other = entry({ conversationId, text: 'Something else' })
    const log: readonly TimelineEntry[] = [sent, editOf(message, 'Another secret'), other, deletionOf(message)]
    let place = beginning
    const { relay, settled, published } = relayOf(log.map((one) => toDocument(one, (place = placeAfter(place, one)))))
    expect(await relay.relayEvents()).toBe(4)
    expect(published.map(({ type }) => type)).toEqual(log.map(({ type }) => type))
    expect(published.map(({ data }) => 'excerpt' in data && data.excerpt)).toEqual(['', '', 'Something else', ''])
    expect(settled).toHaveLength(4)
    expect(JSON.stringify([settled, published])).not.toContain('secret')
  })

  describe('leaves to this process what it is applying itself', () => {
    const [one, other] = [newConversation(), newConversation()]
    const logOf = (conversationId: ConversationId, count: number, at = new Date()): readonly EventDocument[] => {
      let place = beginning
      return Array.from({ length: count }, () => {
        const sent = { ...entry({ conversationId }), at }
        return toDocument(sent, (place = placeAfter(place, sent)))
      })
    }

    it('and what stands behind it, but not other conversations', async () => {
      const rows = [...logOf(one, 3), ...logOf(other, 2)]
      const { relay, settled, unapplied } = relayOf(rows)
      const [first, second] = rows.map(toEvent)
      unapplied.add([second!])
      expect(await relay.relayEvents()).toBe(3)
      expect(settled).toEqual([first, ...rows.slice(3).map(toEvent)])
    })

    it('until it is applied', async () => {
      const rows = logOf(one, 2)
      const { relay, unapplied } = relayOf(rows)
      const events = rows.map(toEvent)
      unapplied.add(events)
      expect(await relay.relayEvents()).toBe(0)
      unapplied.delete(events)
      expect(await relay.relayEvents()).toBe(2)
    })

    it('but not for longer than a write may hang', async () => {
      const rows = logOf(one, 2, new Date(Date.now() - 6_000))
      const { relay, unapplied } = relayOf(rows)
      unapplied.add(rows.map(toEvent))
      expect(await relay.relayEvents()).toBe(2)
    })
  })
})
