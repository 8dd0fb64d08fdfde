import { randomUUID } from 'node:crypto'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Logger } from '@nestjs/common'
import {
  type AnyIntegrationEvent,
  integrationEvent,
  integrationEvents,
  parseIntegrationEvent,
} from '@parley/contracts/integration-events'
import type { Consumer } from 'kafkajs'
import { EventProducer } from '../kafka/event-producer'
import { kafkaClient } from '../kafka/kafka-client'
import { eventually, testBrokers, testTopics } from '../kafka/testing/test-kafka'
import { addToOutbox } from './outbox'
import { OutboxRelay } from './outbox-relay'
import { outbox } from './tables'
import { openDatabase, type TestDatabase, testDatabase } from './testing/test-database'

/** This test's own topic: consumers of the real one would take these for conversations. */
const topic = `test.outbox.${randomUUID()}`
Object.assign(integrationEvents['TitleChanged'], { topic })

function renamed(conversationId: string, streamVersion: number): AnyIntegrationEvent {
  const data = { conversationId, streamVersion, title: `Title ${streamVersion}`, actorId: randomUUID() }
  const origin = { id: randomUUID(), source: '/subgraphs/conversation', subject: conversationId, time: new Date() }
  return integrationEvent('TitleChanged', data, origin)
}

/** Publishes to Kafka and then fails, like a relay that dies after the acknowledgement. */
class ForgetfulProducer extends EventProducer {
  override async publish(published: readonly AnyIntegrationEvent[]): Promise<void> {
    await super.publish(published)
    throw new Error('Died before the rows were taken away')
  }
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
  let dropTopics: () => Promise<void>
  let consumer: Consumer
  const received: AnyIntegrationEvent[] = []
  const opened: EventProducer[] = []

  function opening<Producer extends EventProducer>(producer: Producer): Producer {
    opened.push(producer)
    return producer
  }
  const kafka = (brokers = testBrokers()) => kafkaClient(brokers, 'test-outbox', 'short')
  const relay = (producer: EventProducer = opening(new EventProducer(kafka())), { db, sql } = postgres) =>
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
    dropTopics = await testTopics([topic], 3)
    consumer = kafka().consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 })
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ message }) => {
        const event = parseIntegrationEvent(JSON.parse(String(message.value)))
        expect(String(message.key)).toBe(event.subject)
        received.push(event)
      },
    })
  }, 60_000)
  afterEach(async () => expect(await waiting()).toBe(0))
  afterAll(async () => {
    for (const producer of opened) await producer.onApplicationShutdown()
    await consumer.disconnect()
    await dropTopics()
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
    const patient = relay(opening(new EventProducer(kafka([bootstrap]))))
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
    await expect(relay(opening(new ForgetfulProducer(kafka()))).relayBatch()).rejects.toThrow('Died')
    expect(await waiting()).toBe(1)
    expect(await relay().relayBatch()).toBe(1)
    expect(await arrived(event.subject, 2)).toEqual([event, event])
  })

  it('relays in one instance at a time', async () => {
    const slow = opening(new PatientProducer(kafka()))
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
