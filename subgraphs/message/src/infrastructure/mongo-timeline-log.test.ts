import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import fc from 'fast-check'
import type { TimelineEvent } from '../domain/timeline-event'
import { entry } from '../testing/entries'
import { type Fault, FaultCollection } from '../testing/fault-collection'
import type { EventDocument } from './documents'
import { MongoTimelineLog } from './mongo-timeline-log'
import type { Publication } from './publication'

const conversations = Array.from({ length: 3 }, newConversation)
const actorId = newUser()
const clientIds = Array.from({ length: 12 }, newClientId)
const attempts = 50

/** A send that its client repeats until it is acknowledged. */
const send = fc.record({
  conversation: fc.constantFrom(...conversations),
  process: fc.nat(2),
  clientId: fc.constantFrom(...clientIds),
  /** How many turns of the event loop it comes after the others. */
  after: fc.nat(12),
})
const world = fc.record({
  sends: fc.array(send, { minLength: 1, maxLength: 60 }),
  waits: fc.infiniteStream(fc.nat(3)),
  faults: fc.infiniteStream(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<Fault>('none') },
      { weight: 1, arbitrary: fc.constant<Fault>('before') },
      { weight: 1, arbitrary: fc.constant<Fault>('after') },
    ),
  ),
})

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate)
}

function processesOn(events: FaultCollection, announced: TimelineEvent[]): readonly MongoTimelineLog[] {
  const publication = { announce: (some: readonly TimelineEvent[]) => void announced.push(...some) }
  const [log, heads] = [{ collection: events }, { collection: { findOne: () => Promise.resolve(null) } }]
  return [1, 2, 3].map(() => new MongoTimelineLog(log as never, heads as never, publication as unknown as Publication))
}

async function untilAcknowledged(append: () => Promise<TimelineEvent>): Promise<TimelineEvent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await append()
    } catch (error) {
      if (attempt === attempts) throw error
    }
  }
}

describe('MongoTimelineLog', () => {
  it('I1, I2, I3: holds with several processes, repeated client ids and answers that are lost', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ sends, waits, faults }) => {
        const [wait, fault] = [waits[Symbol.iterator](), faults[Symbol.iterator]()]
        const events = new FaultCollection(
          () => turns(wait.next().value as number),
          () => fault.next().value as Fault,
        )
        const announced: TimelineEvent[] = []
        const processes = processesOn(events, announced)
        const acknowledged = await Promise.all(
          sends.map(async ({ conversation: conversationId, process, clientId, after }) => {
            await turns(after)
            const wanted = { ...entry({ conversationId }), actorId, clientId }
            return untilAcknowledged(() => (processes[process] as MongoTimelineLog).append(wanted))
          }),
        )
        for (const conversationId of conversations) {
          const rows = events.rows.filter((row) => row.conversationId === conversationId)
          expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
          expect(rows.map(({ line }) => line)).toEqual(rows.map((_, index) => index + 1))
          const asked = sends.filter(({ conversation }) => conversation === conversationId)
          expect(new Set(rows.map(({ clientId }) => clientId))).toEqual(new Set(asked.map(({ clientId }) => clientId)))
        }
        const at = ({ conversationId, seq }: TimelineEvent): EventDocument | undefined =>
          events.rows.find((row) => row.conversationId === conversationId && row.seq === seq)
        for (const [index, event] of acknowledged.entries()) expect(at(event)?.clientId).toBe(sends[index]?.clientId)
        for (const event of announced) expect(at(event)?.data).toEqual(event.data)
        // Also when the answer of the insert was lost: followers wait for nothing that was acknowledged.
        for (const { conversationId, seq } of events.rows)
          expect(announced).toContainEqual(expect.objectContaining({ conversationId, seq }))
      }),
      { seed: 1_129, numRuns: 150 },
    )
  })
})
