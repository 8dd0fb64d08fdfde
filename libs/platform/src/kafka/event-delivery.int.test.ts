import { randomUUID } from 'node:crypto'
import { Controller, type INestMicroservice } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Ctx, KafkaContext, type MicroserviceOptions } from '@nestjs/microservices'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import { deadLetterTopic } from '@parley/contracts/topics'
import { DomainError } from '@parley/kernel/errors'
import { type IHeaders, Kafka } from 'kafkajs'
import { currentRequestId } from '../logging/request-context'
import { OnTopic } from './decorators'
import { EventDelivery } from './event-delivery'
import { EventProducer, TOPIC_PREFIX } from './event-producer'
import { kafkaClient } from './kafka-client'
import { replayDeadLetters } from './replay-dead-letters'
import { eventually, testBrokers, testConsumer, type TestTopics, testTopics, watchTopic } from './testing/test-kafka'

const topic = 'parley.message'
/** Gets no records. */
const quiet = 'parley.user'
const handled: AnyIntegrationEvent[] = []
const requestIds: (string | undefined)[] = []
/** Test behaviour of the handler for an event id. */
const behaviour = new Map<string, () => unknown>()

@Controller()
class Taker {
  constructor(private readonly delivery: EventDelivery) {}

  @OnTopic(topic)
  take(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: ['MessageSent'],
      handle: async (event) => {
        await behaviour.get(event.id)?.()
        handled.push(event)
        requestIds.push(currentRequestId())
      },
    })
  }
}

const conversationId = randomUUID()
const origin = (requestId?: string) => ({
  id: randomUUID(),
  source: '/subgraphs/test',
  subject: conversationId,
  time: new Date(),
  requestId,
})
const event = (requestId?: string): AnyIntegrationEvent =>
  integrationEvent(
    'MessageSent',
    { conversationId, seq: 1, messageId: randomUUID(), authorId: randomUUID(), excerpt: 'Hello' },
    origin(requestId),
  )

const isHandled = ({ id }: AnyIntegrationEvent) => handled.some((one) => one.id === id)
const timesHandled = ({ id }: AnyIntegrationEvent) => handled.filter((one) => one.id === id).length

describe('EventDelivery', () => {
  let topics: TestTopics
  let service: INestMicroservice
  let stopWatching: () => Promise<void>
  const producer = kafkaClient(testBrokers(), 'test-producer', 'short').producer()
  const deadLetters: { key: string | undefined; value: string | undefined; headers: IHeaders | undefined }[] = []

  const deadLetterOf = (value: string) => eventually(() => deadLetters.find((letter) => letter.value === value))
  const deadLettersOf = (value: string) => deadLetters.filter((letter) => letter.value === value)
  const record = (value: string, key: string = conversationId) => ({ key, value, headers: { 'content-type': 'x' } })
  const send = (partition: number, ...values: string[]) =>
    producer.send({
      topic: topics.nameOf(topic),
      messages: values.map((value) => ({ partition, ...record(value) })),
    })

  beforeAll(async () => {
    topics = await testTopics([topic, quiet])
    const kafka = kafkaClient(testBrokers(), 'test', 'short')
    const module = {
      module: class TestModule {},
      controllers: [Taker],
      providers: [
        EventDelivery,
        EventProducer,
        { provide: Kafka, useValue: kafka },
        { provide: TOPIC_PREFIX, useValue: topics.env.KAFKA_TOPIC_PREFIX },
      ],
    }
    service = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
      ...testConsumer(topics.env),
      logger: false,
    })
    await service.listen()
    stopWatching = await watchTopic(deadLetterTopic(topics.nameOf(topic)), ({ key, value, headers }) => {
      deadLetters.push({ key: key?.toString(), value: value?.toString(), headers })
    })
    await producer.connect()
  }, 60_000)

  afterAll(async () => {
    await service.close()
    await stopWatching()
    await producer.disconnect()
    await topics.drop()
  }, 60_000)

  it('delivers events in order, each with the id of the request that caused it', async () => {
    const sent = [event('request-1'), event('request-2'), event('request-3')]
    await send(0, ...sent.map((one) => JSON.stringify(one)))
    await eventually(() => isHandled(sent[2]!))
    expect(handled.map(({ id }) => id)).toEqual(sent.map(({ id }) => id))
    expect(requestIds).toEqual(['request-1', 'request-2', 'request-3'])
  }, 30_000)

  it('I8: moves a poison record to the dead letters with its cause, and the others go on', async () => {
    const [before, after] = [event(), event()]
    const poison = [
      'not json',
      JSON.stringify({ hello: 'world' }),
      JSON.stringify({ ...event(), dataversion: 99 }),
      JSON.stringify({ ...event(), data: { seq: -1 } }),
    ]
    await send(0, JSON.stringify(before), ...poison, JSON.stringify(after))
    await eventually(() => isHandled(before) && isHandled(after))
    const letters = await Promise.all(poison.map(deadLetterOf))
    expect(letters.map(({ headers }) => headers?.['parley-cause']?.toString().replace(/:(.*?)[:.].*/s, ':$1'))).toEqual(
      [
        'ContractViolation: Not JSON',
        'ContractViolation: Not a CloudEvent',
        'ContractViolation: Unknown version 99 of MessageSent',
        'ContractViolation: MessageSent breaks its contract',
      ],
    )
    expect(letters.map(({ key }) => key)).toEqual(poison.map(() => conversationId))
    expect(letters[0]?.headers).toMatchObject({
      'parley-topic': Buffer.from(topics.nameOf(topic)),
      'parley-partition': Buffer.from('0'),
      'content-type': Buffer.from('x'),
    })
  }, 30_000)

  it('skips kinds that it does not take, known or unknown or broken, without dead letters', async () => {
    const after = event()
    const skipped = [
      JSON.stringify(integrationEvent('ProfileUpdated', { userId: randomUUID(), displayName: 'Ann' }, origin())),
      JSON.stringify({ ...event(), type: 'ReactionAdded', dataversion: 7, data: { emoji: '👋' } }),
      JSON.stringify({ type: 'MessageEdited' }),
    ]
    // Dead letters keep their order: once this one has arrived, none before it can still come.
    const poison = JSON.stringify({ ...event(), data: null })
    const before = handled.length
    await send(0, ...skipped, poison, JSON.stringify(after))
    await eventually(() => isHandled(after))
    await deadLetterOf(poison)
    expect(handled.slice(before)).toEqual([after])
    expect(skipped.flatMap(deadLettersOf)).toEqual([])
  }, 30_000)

  it('I8: treats JSON in unexpected places, and empty records, as poison', async () => {
    const after = event()
    const key = '{"key":1}'
    const odd = { partition: 0, key, value: '{"odd":true}', headers: { list: '[1,2]', 'content-type': 'x' } }
    await producer.send({ topic: topics.nameOf(topic), messages: [odd, { partition: 0, key: 'empty', value: null }] })
    await send(0, JSON.stringify(after))
    await eventually(() => isHandled(after))
    expect(await deadLetterOf(odd.value)).toMatchObject({ key, headers: { list: Buffer.from('[1,2]') } })
    expect(await eventually(() => deadLetters.find((letter) => letter.key === 'empty'))).toMatchObject({
      value: undefined,
    })
  }, 30_000)

  it('retries a temporary failure, and gives up on a permanent one', async () => {
    const [flaky, broken, after] = [event(), event(), event()]
    let failures = 0
    let attempts = 0
    behaviour.set(flaky.id, () => {
      if ((failures += 1) <= 2) throw new Error('Not yet')
    })
    behaviour.set(broken.id, () => {
      attempts += 1
      throw new TypeError('Never')
    })
    await send(0, ...[flaky, broken, after].map((one) => JSON.stringify(one)))
    await eventually(() => isHandled(after))
    expect([isHandled(flaky), isHandled(broken), attempts]).toEqual([true, false, 4])
    const letter = await deadLetterOf(JSON.stringify(broken))
    expect(letter.headers?.['parley-cause']?.toString()).toBe('TypeError: Never')
  }, 30_000)

  it('waits out an outage: no dead letters, the order is kept, other partitions go on', async () => {
    const [waiting, behind, elsewhere] = [event(), event(), event()]
    let away = true
    behaviour.set(waiting.id, () => {
      if (away) throw new DomainError('temporary', 'UNAVAILABLE', 'Away.')
    })
    await send(0, JSON.stringify(waiting), JSON.stringify(behind))
    await send(1, JSON.stringify(elsewhere))
    await eventually(() => isHandled(elsewhere))
    expect([isHandled(waiting), isHandled(behind)]).toEqual([false, false])
    away = false
    await eventually(() => isHandled(waiting) && isHandled(behind), 30_000)
    expect(handled.findIndex(({ id }) => id === waiting.id)).toBeLessThan(
      handled.findIndex(({ id }) => id === behind.id),
    )
    expect(deadLettersOf(JSON.stringify(waiting))).toEqual([])
  }, 60_000)

  it('handles the records of a key in order, and those of other keys meanwhile', async () => {
    const [slow, behind, other] = [event(), event(), event()]
    const { promise: otherIsHandled, resolve } = Promise.withResolvers()
    behaviour.set(slow.id, () => otherIsHandled)
    behaviour.set(other.id, () => resolve(null))
    const messages = [slow, behind].map((one) => record(JSON.stringify(one)))
    messages.push(record(JSON.stringify(other), 'other'))
    await producer.send({ topic: topics.nameOf(topic), messages: messages.map((one) => ({ partition: 0, ...one })) })
    await eventually(() => isHandled(behind))
    expect(isHandled(other)).toBe(true)
    expect(
      handled
        .map(({ id }) => id)
        .filter((id) => id !== other.id)
        .slice(-2),
    ).toEqual([slow.id, behind.id])
  }, 30_000)

  it('handles again what was handled behind a record that waited, and skips nothing', async () => {
    const [before, waiting, other] = [event(), event(), event()]
    let away = true
    behaviour.set(waiting.id, () => {
      if (away) throw new DomainError('temporary', 'UNAVAILABLE', 'Away.')
    })
    const messages = [
      record(JSON.stringify(before), 'before'),
      record(JSON.stringify(waiting), 'waiting'),
      record(JSON.stringify(other), 'other'),
    ]
    await producer.send({ topic: topics.nameOf(topic), messages: messages.map((one) => ({ partition: 0, ...one })) })
    await eventually(() => isHandled(other))
    expect([isHandled(before), isHandled(waiting)]).toEqual([true, false])
    away = false
    await eventually(() => timesHandled(other) === 2)
    expect([before, waiting, other].map(timesHandled)).toEqual([1, 2, 2])
  }, 30_000)

  it('replays each dead letter once; what fails again is a new one', async () => {
    await replayDeadLetters(topics.env, topic)
    const [healed, broken] = [event(), event()]
    let mended = false
    behaviour.set(healed.id, () => {
      if (!mended) throw new Error('A defect')
    })
    behaviour.set(broken.id, () => {
      throw new Error('Still a defect')
    })
    await send(1, ...[healed, broken].map((one) => JSON.stringify(one)))
    await deadLetterOf(JSON.stringify(healed))
    await deadLetterOf(JSON.stringify(broken))
    mended = true
    const first = await replayDeadLetters(topics.env, topic)
    expect(first).toBeGreaterThanOrEqual(2)
    await eventually(() => isHandled(healed))
    await eventually(() => deadLettersOf(JSON.stringify(broken)).length === 2)
    expect(await replayDeadLetters(topics.env, topic)).toBeGreaterThanOrEqual(1)
    await eventually(() => deadLettersOf(JSON.stringify(broken)).length === 3)
    expect(timesHandled(healed)).toBe(1)
  }, 120_000)

  it('has nothing to replay for a topic without dead letters', async () => {
    expect(await replayDeadLetters(topics.env, quiet)).toBe(0)
  }, 30_000)
})
