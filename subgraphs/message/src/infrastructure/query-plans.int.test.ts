import { randomUUID } from 'node:crypto'
import type { UserId } from '@parley/kernel/ids'
import { MembershipDocument } from '@parley/memberships/membership-documents'
import { MongoMembershipStore } from '@parley/memberships/membership-store'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { methodsOf, type ObservedCommands, observeCommands } from '@parley/platform/mongo/testing/query-plans'
import type { TimelineEvent } from '../domain/timeline-event'
import { entry, newConversation, newUser } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'
import { Lease } from './lease'
import { MongoConversationHeads } from './mongo-conversation-heads'
import { MongoMessages } from './mongo-messages'
import { MongoReadPositions } from './mongo-read-positions'
import { MongoTimelineLog } from './mongo-timeline-log'
import { Projections } from './projections'
import { RecentAuthors } from './recent-authors'
import { TimelineRelay } from './timeline-relay'

const conversationId = newConversation()
const reader: UserId = newUser()

/** There is one lease in an installation. */
const ofOneDocument = (shape: string): boolean => shape.startsWith('leases ')

/** What talks to MongoDB, and a run of each method of it. A method that is added and not named here fails the test below. */
function runs(connection: Connection) {
  const parts = logParts(connection, 'silent')
  const memberships = new MongoMembershipStore(modelOn(connection, MembershipDocument))
  const sent: TimelineEvent[] = []
  const twice = entry({ conversationId })
  return [
    {
      type: MongoTimelineLog,
      methods: {
        async append() {
          for (const one of [entry({ conversationId }), twice, twice]) sent.push(await parts.log.append(one))
        },
        head: () => logParts(connection).log.head(conversationId),
        readAfter: () => parts.log.readAfter(conversationId, 0, 10),
        readBefore: () => parts.log.readBefore(conversationId, 3, 10),
      },
    },
    {
      type: Projections,
      methods: {
        apply: () => parts.projections.apply(sent),
        applyHeads: () => parts.projections.applyHeads(sent),
        // Of a rebuild alone, which goes over everything.
        clear: () => Promise.resolve(),
      },
    },
    {
      type: MongoConversationHeads,
      methods: {
        async load() {
          await parts.heads.updateOne(
            { _id: conversationId },
            { $set: { lastMessageSeq: 1 }, $unset: { lastMessage: '' } },
          )
          await parts.conversationHeads.load([conversationId])
        },
      },
    },
    { type: MongoMessages, methods: { byId: () => parts.currentMessages.byId([randomUUID() as never]) } },
    {
      type: MongoReadPositions,
      methods: {
        advance: () => parts.positions.advance(conversationId, reader, 1),
        load: () => parts.positions.load(reader, [conversationId]),
        countUnread: () => parts.positions.countUnread(conversationId, reader, 0, 2),
      },
    },
    { type: RecentAuthors, methods: { between: () => parts.authors.between(conversationId, 1, 2) } },
    { type: Lease, methods: { hold: () => parts.lease.hold(), release: () => parts.lease.release() } },
    {
      type: TimelineRelay,
      methods: {
        relayEvents: () => parts.relay.relayEvents(),
        relayReadPositions: () => parts.relay.relayReadPositions(),
        ring: () => {
          parts.relay.ring()
        },
      },
    },
    {
      type: MongoMembershipStore,
      methods: {
        save: () => memberships.save({ conversationId, version: 1, memberIds: [reader] }),
        load: () => memberships.load(conversationId),
      },
    },
  ]
}

describe('the queries of the message subgraph', () => {
  let mongo: Awaited<ReturnType<typeof testMongo>>
  let observed: ObservedCommands

  beforeAll(async () => {
    mongo = await testMongo()
    observed = await observeCommands(mongo.url, mongo.database, async (connection) => {
      for (const { methods } of runs(connection))
        for (const run of Object.values(methods) as (() => unknown)[]) await run()
    })
  }, 60_000)
  afterAll(() => mongo.drop())

  it('are those of every method of every class that asks MongoDB', () => {
    for (const { type, methods } of runs(mongo.connection))
      expect([type.name, ...Object.keys(methods).sort()]).toEqual([type.name, ...[...methodsOf(type)].sort()])
  })

  it('are these', () => {
    expect(observed.plans.map(({ shape }) => shape).sort()).toMatchSnapshot()
  })

  it('are all served by an index, in the order of the index', () => {
    const slow = observed.plans.filter(
      ({ shape, stages }) => !ofOneDocument(shape) && (stages.includes('COLLSCAN') || stages.includes('SORT')),
    )
    expect(slow).toEqual([])
  })

  it('are never repeated by the driver: docs/decisions/0011', () => {
    expect(observed.retryable).toEqual([])
  })

  it('would be caught when one scanned or sorted', async () => {
    const { plans } = await observeCommands(mongo.url, mongo.database, async (connection) => {
      await logParts(connection).events.find({ type: 'message.sent' }).sort({ at: 1 }).lean()
    })
    expect(plans.flatMap(({ stages }) => stages)).toEqual(expect.arrayContaining(['SORT', 'COLLSCAN']))
  })
})
