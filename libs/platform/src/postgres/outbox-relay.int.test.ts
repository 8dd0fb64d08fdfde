import { randomUUID } from 'node:crypto'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Logger } from '@nestjs/common'
import { type AnyIntegrationEvent, integrationEvent, parseIntegrationEvent } from '@parley/contracts/integration-events'
import { EventProducer } from '../kafka/event-producer'
import { kafkaClient } from '../kafka/kafka-client'
import { ForgetfulProducer } from '../kafka/testing/forgetful-producer'
import { eventually, testBrokers, type TestTopics, testTopics, watchTopic } from '../kafka/testing/test-kafka'
import { addToOutbox } from './outbox'
import { OutboxRelay } from './outbox-relay'
import { outbox } from './tables'
import { openDatabase, type TestDatabase, testDatabase } from './testing/test-database'

const topic = 'parley.conversation'

function renamed(conversationId: string, streamVersion: number): AnyIntegrationEvent {
  const data = { conversationId, streamVersion, title: `Title ${streamVersion}`, actorId: randomUUID() }
  const origin = { id: randomUUID(), source: '/subgraphs/conversation', subject: conversationId, time: new Date() }
  return integrationEvent('TitleChanged', data, origin)
}

/** Publishes when the test says so. */
class PatientProducer extends EventProducer {
  readonly #gate = Promise.withResolvers<null>()
  readonly #reached = Promise.withResolvers<null>()
  readonly reached = this.#reached.promise
  readonly open = (): void => this.#gate.resolve(null)

  override async publish(published: readonly AnyIntegrationEvent[]): Promise<void> {
    this.#reached.resolve(null)
    await this.#gate.promise
    await super.publish(published)
  }
}

describe('OutboxRelay on Kafka', () => {
  let postgres: TestDatabase
  let other: TestDatabase
  let topics: TestTopics
  let stopWatching: () => Promise<void>
  const received: AnyIntegrationEvent[] = []
  const opened: EventProducer[] = []

  const kafka = (brokers = testBrokers()) => kafkaClient(brokers, 'test-outbox', 'short')
  const producerOf = <Producer extends EventProducer>(
    kind: new (...args: ConstructorParameters<typeof EventProducer>) => Producer,
    brokers = testBrokers(),
  ): Producer => {
    const producer = new kind(kafka(brokers), topics.env.KAFKA_TOPIC_PREFIX)
    opened.push(producer)
    return producer
  }
  const relay = (producer: EventProducer = producerOf(EventProducer), { db, sql } = postgres) =>
    new OutboxRelay(db, sql, producer)
  const put = (...events: AnyIntegrationEvent[]) => postgres.db.transaction((tx) => addToOutbox(tx, ...events))
  const waiting = async () => (await postgres.db.select().from(outbox)).length
  const receivedOf = (key: string) => received.filter(({ subject }) => subject === key)
  const arrived = (key: string, count: number) => eventually(() => receivedOf(key).length >= count && receivedOf(key))

  beforeAll(async () => {
    // kafkajs logs its failures while Kafka is down; they are expected here.
    Logger.overrideLogger(false)
    postgres = await testDatabase(join(__dirname, '../../../../subgraphs/conversation/migrations'))
    other = openDatabase(postgres.url)
    topics = await testTopics([topic], 3)
    stopWatching = await watchTopic(topics.nameOf(topic), ({ key, value }) => {
      const event = parseIntegrationEvent(JSON.parse(String(value)))
      expect(String(key)).toBe(event.subject)
      received.push(event)
    })
  }, 60_000)
  afterEach(async () => expect(await waiting()).toBe(0))
  afterAll(async () => {
    for (const producer of opened) await producer.onApplicationShutdown()
    await stopWatching()
    await topics.drop()
    await other.sql.end()
    await postgres.drop()
  }, 60_000)

  it('publishes committed events, unchanged, and nothing else', async () => {
    const [kept, dropped] = [renamed(randomUUID(), 1), renamed(randomUUID(), 1)]
    const undone = postgres.db.transaction(async (tx) => {
      await addToOutbox(tx, dropped)
      throw new Error('Changed my mind')
    })
    await expect(undone).rejects.toThrow('Changed my mind')
    await put(kept)
    expect(await relay().relayBatch()).toBe(1)
    expect(await arrived(kept.subject, 1)).toEqual([kept])
    expect(receivedOf(dropped.subject)).toEqual([])
    expect(await relay().relayBatch()).toBe(0)
  })

  it('keeps rows while Kafka is down, and moves them when it is back', async () => {
    const proxy = createProxy()
    const bootstrap = await proxy.reserve()
    const patient = relay(producerOf(EventProducer, [bootstrap]))
    const key = randomUUID()
    await put(renamed(key, 1), renamed(key, 2))
    await expect(patient.relayBatch()).rejects.toThrow()
    expect(await waiting()).toBe(2)
    await proxy.open()
    expect(await patient.relayBatch()).toBe(2)
    expect((await arrived(key, 2)).map(versionOf)).toEqual([1, 2])
    await proxy.close()
  }, 30_000)

  it('publishes again, under the same id, when the outcome is unknown', async () => {
    const event = renamed(randomUUID(), 1)
    await put(event)
    await expect(relay(producerOf(ForgetfulProducer)).relayBatch()).rejects.toThrow('Died')
    expect(await waiting()).toBe(1)
    expect(await relay().relayBatch()).toBe(1)
    expect(await arrived(event.subject, 2)).toEqual([event, event])
  })

  it('relays in one instance at a time', async () => {
    const slow = producerOf(PatientProducer)
    const event = renamed(randomUUID(), 1)
    await put(event)
    const first = relay(slow).relayBatch()
    await slow.reached
    expect(await relay(undefined, other).relayBatch()).toBe(0)
    slow.open()
    expect(await first).toBe(1)
    expect(await arrived(event.subject, 1)).toHaveLength(1)
  })

  it('wakes up by itself, moves more than a batch, and keeps the order of each key with two instances', async () => {
    const keys = [randomUUID(), randomUUID(), randomUUID()]
    const perKey = 250
    const instances = [relay(), relay(undefined, other)]
    for (const instance of instances) instance.onApplicationBootstrap()
    for (let version = 1; version <= perKey; version += 1) await put(...keys.map((key) => renamed(key, version)))
    for (const key of keys) {
      const events = await arrived(key, perKey)
      expect(events.map(versionOf)).toEqual(Array.from({ length: perKey }, (_, index) => index + 1))
    }
    await eventually(async () => (await waiting()) === 0)
    await Promise.all(instances.map((instance) => instance.onModuleDestroy()))
  }, 30_000)
})

const versionOf = ({ data }: AnyIntegrationEvent): number | null =>
  'streamVersion' in data ? data.streamVersion : null

/** A proxy to the broker that is closed at first; later the broker advertises its own address. */
function createProxy() {
  const [host, port] = (testBrokers()[0] ?? '').split(':')
  const sockets = new Set<{ destroy(): void }>()
  const listen = (server: Server, at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()))
  const server = createServer((client) => {
    const upstream = connect(Number(port), host)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy()).pipe(to)
    }
  })
  let reserved = 0
  return {
    async reserve(): Promise<string> {
      const probe = createServer()
      await listen(probe, 0)
      const address = probe.address()
      reserved = typeof address === 'object' && address !== null ? address.port : 0
      await closed(probe)
      return `127.0.0.1:${reserved}`
    },
    open: () => listen(server, reserved),
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy()
      await closed(server)
    },
  }
}
