import { Logger } from '@nestjs/common'
import { type AnyIntegrationEvent, parseIntegrationEvent } from '@parley/contracts/integration-events'
import type { ConversationId } from '@parley/kernel/ids'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { kafkaClient } from '@parley/platform/kafka/kafka-client'
import { ForgetfulProducer } from '@parley/platform/kafka/testing/forgetful-producer'
import { eventually, type TestTopics, testTopics, watchTopic } from '@parley/platform/kafka/testing/test-kafka'
import type { TestMongo } from '@parley/platform/mongo/testing/test-mongo'
import { newClientId, newConversation, newUser } from '@parley/platform/testing/ids'
import { evolve } from '../domain/message'
import { deletionOf, editOf, entry } from '../testing/entries'
import { logParts } from '../testing/log-parts'
import { testMongo } from '../testing/test-mongo'

const topic = 'parley.message'

describe('TimelineRelay on Kafka', () => {
  let mongo: TestMongo
  let topics: TestTopics
  let stopWatching: () => Promise<void>
  const received: AnyIntegrationEvent[] = []
  const producers: EventProducer[] = []

  /** One process that relays, or could. */
  function started(kind = EventProducer) {
    const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX } = topics.env
    const producer = new kind(kafkaClient(KAFKA_BROKERS, 'test-relay', 'short'), KAFKA_TOPIC_PREFIX)
    producers.push(producer)
    return logParts(mongo.connection, { producer })
  }
  /** One that appends and dies before anything else. */
  function dying() {
    const parts = started()
    jest.spyOn(parts.publication, 'announce').mockReturnValue()
    return parts
  }
  const seqsIn = (id: ConversationId) =>
    received.filter(({ subject }) => subject === id).map(({ data }) => ('seq' in data ? data.seq : null))
  const arrived = async (id: ConversationId, ...seqs: number[]) => {
    await eventually(() => seqsIn(id).length >= seqs.length)
    expect(seqsIn(id)).toEqual(seqs)
  }
  const pending = () => started().events.countDocuments({ pending: { $gt: '' } })

  beforeAll(async () => {
    Logger.overrideLogger(false)
    ;[mongo, topics] = await Promise.all([testMongo(), testTopics([topic], 3)])
    stopWatching = await watchTopic(topics.nameOf(topic), ({ key, value }) => {
      const event = parseIntegrationEvent(JSON.parse(String(value)))
      expect(String(key)).toBe(event.subject)
      received.push(event)
    })
  }, 60_000)
  afterEach(async () => {
    expect(await pending()).toBe(0)
    await started().leases.deleteMany({})
  })
  afterAll(async () => {
    for (const producer of producers) await producer.onApplicationShutdown()
    await stopWatching()
    await Promise.all([mongo.drop(), topics.drop()])
  }, 60_000)

  it('publishes and projects what a process left that died after the append', async () => {
    const [one, other] = [newConversation(), newConversation()]
    const { log } = dying()
    const joined = { type: 'MemberJoined', actorId: newUser(), clientId: newClientId(), at: new Date() } as const
    await log.append({ ...joined, conversationId: one, data: { memberId: newUser() } })
    for (const conversationId of [one, one, other]) await log.append(entry({ conversationId }))
    const survivor = started()
    expect((await survivor.conversationHeads.load([one, other])).size).toBe(0)
    expect(await survivor.relay.relayEvents()).toBe(4)
    // Others hear of messages; the rest came from the conversation subgraph.
    await arrived(one, 2, 3)
    await arrived(other, 1)
    const heads = await survivor.conversationHeads.load([one, other])
    expect([heads.get(one), heads.get(other)]).toMatchObject([{ seq: 3, lines: 3 }, { seq: 1 }])
    expect(await survivor.messages.countDocuments({ conversationId: { $in: [one, other] } })).toBe(3)
    expect(await survivor.relay.relayEvents()).toBe(0)
  })

  it('erases what was deleted by a process that died after the append, and tells the others to forget it', async () => {
    const conversationId = newConversation()
    const { log } = dying()
    const message = evolve(null, await log.append(entry({ conversationId, text: 'A secret' })))
    if (message === null) throw new Error('Nothing was sent')
    const survivor = started()
    await survivor.relay.relayEvents()
    await log.append(editOf(message, 'Another secret'))
    await log.append(deletionOf(message, newUser()))
    expect(await survivor.relay.relayEvents()).toBe(2)
    await arrived(conversationId, 1, 2, 3)
    expect(JSON.stringify(await survivor.log.readAfter(conversationId, 0, 10))).not.toContain('secret')
    expect(JSON.stringify(await survivor.messages.find({ conversationId }).lean())).not.toContain('secret')
    const about = { messageId: message.id, authorId: message.authorId }
    const told = received.filter(({ subject }) => subject === conversationId)
    // The first was relayed before the deletion.
    expect(told.map(({ type, data }) => ({ type, data }))).toMatchObject([
      { type: 'MessageSent', data: { ...about, excerpt: 'A secret' } },
      { type: 'MessageEdited', data: { ...about, excerpt: '' } },
      { type: 'MessageDeleted', data: { ...about, excerpt: '' } },
    ])
  })

  it('takes over the lease of a process that died, once it has expired', async () => {
    const dead = dying()
    expect(await dead.lease.hold()).toBe(true)
    const conversationId = newConversation()
    await dead.log.append(entry({ conversationId }))
    const survivor = started()
    expect(await survivor.relay.relayEvents()).toBe(0)
    await dead.leases.updateMany({}, { $set: { until: new Date(0) } })
    expect(await survivor.relay.relayEvents()).toBe(1)
    await arrived(conversationId, 1)
  })

  it('publishes again, under the same id, when the outcome is unknown', async () => {
    const conversationId = newConversation()
    const { log } = dying()
    await log.append(entry({ conversationId }))
    const { relay, lease } = started(ForgetfulProducer)
    await expect(relay.relayEvents()).rejects.toThrow('Died')
    await lease.release()
    const survivor = started()
    expect(await survivor.relay.relayEvents()).toBe(1)
    await arrived(conversationId, 1, 1)
    expect(new Set(received.filter(({ subject }) => subject === conversationId).map(({ id }) => id)).size).toBe(1)
    expect(await survivor.messages.countDocuments({ conversationId })).toBe(1)
  })

  it('keeps events while Kafka is down, and projects them meanwhile', async () => {
    const conversationId = newConversation()
    const { log } = dying()
    await log.append(entry({ conversationId }))
    const cutOff = logParts(mongo.connection)
    await expect(cutOff.relay.relayEvents()).rejects.toThrow()
    expect(await pending()).toBe(1)
    expect((await cutOff.conversationHeads.load([conversationId])).get(conversationId)).toMatchObject({ seq: 1 })
    await cutOff.lease.release()
    expect(await started().relay.relayEvents()).toBe(1)
    await arrived(conversationId, 1)
  })

  it('relays the others when a defect meets one conversation, which it tries again later', async () => {
    const [broken, ...others] = [newConversation(), newConversation(), newConversation()]
    const { log } = dying()
    for (const conversationId of [broken, ...others, broken]) await log.append(entry({ conversationId }))
    const { relay, projections, lease } = started()
    const settleAll = projections.settle.bind(projections)
    const settle = jest.spyOn(projections, 'settle')
    settle.mockImplementation(async (events) => {
      if (events.some(({ conversationId }) => conversationId === broken)) throw new TypeError('A defect')
      await settleAll(events)
    })
    expect(await relay.relayEvents()).toBe(2)
    for (const id of others) await arrived(id, 1)
    // It is not even read again for a while.
    settle.mockClear()
    expect(await relay.relayEvents()).toBe(0)
    expect(settle).not.toHaveBeenCalled()
    expect(await pending()).toBe(2)
    await lease.release()
    expect(await started().relay.relayEvents()).toBe(2)
    await arrived(broken, 1, 2)
  })

  it('keeps the order of each conversation, with several writers and two relays running', async () => {
    const conversationIds = [newConversation(), newConversation(), newConversation()]
    const processes = [started(), started()]
    for (const { relay } of processes) relay.onApplicationBootstrap()
    const perWriter = Array.from({ length: 40 }, (_, index) => index)
    await Promise.all(
      processes.flatMap(({ log }) =>
        conversationIds.map(async (conversationId) => {
          for (const _ of perWriter) await log.append(entry({ conversationId }))
        }),
      ),
    )
    await eventually(async () => (await pending()) === 0)
    const all = Array.from({ length: 80 }, (_, index) => index + 1)
    // At least once: a repetition comes after the first.
    for (const id of conversationIds) {
      await eventually(() => new Set(seqsIn(id)).size === all.length)
      expect([...new Set(seqsIn(id))]).toEqual(all)
    }
    for (const { relay, publication } of processes) {
      await relay.onModuleDestroy()
      await publication.onModuleDestroy()
    }
  }, 30_000)
})
