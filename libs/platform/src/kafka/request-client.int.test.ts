import { randomUUID } from 'node:crypto'
import { Controller, type INestMicroservice } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Ctx, KafkaContext, type MicroserviceOptions } from '@nestjs/microservices'
import type { ReplyOf, RequestTopic } from '@parley/contracts/requests'
import type { KafkaEnv } from '../env/service-env'
import { OnRequest } from './decorators'
import { parseRequest } from './parse-request'
import { RequestClient } from './request-client'
import { eventually, testConsumer, type TestTopics, testTopics } from './testing/test-kafka'

const topic = 'parley.conversation.describe'
/** Has no consumer. */
const mute = 'parley.user.exist'
type Described = ReplyOf<typeof topic>

const known = new Map<string, Described>()

const described = (conversationId: string): Described => ({
  conversationId,
  streamVersion: 3,
  kind: 'group',
  title: 'Ünïcode 👋',
  members: [
    { userId: randomUUID(), role: 'owner' },
    { userId: randomUUID(), role: 'member' },
  ],
})

@Controller()
class Owner {
  @OnRequest(topic)
  answer(@Ctx() context: KafkaContext): Described {
    const { conversationId } = parseRequest(topic, context)
    return known.get(conversationId) ?? null
  }
}

async function openClient(env: KafkaEnv, ...topics: RequestTopic[]): Promise<RequestClient> {
  const client = new RequestClient({ env, clientId: 'test', topics })
  client.onApplicationBootstrap()
  // The service starts before it has connected; until then every request fails at once.
  const asked = { conversationId: randomUUID() }
  const answers = () =>
    client.request(topic, asked.conversationId, asked).then(
      () => true,
      () => false,
    )
  await eventually(answers, 30_000)
  return client
}

describe('RequestClient', () => {
  let topics: TestTopics
  let owner: INestMicroservice
  let one: RequestClient
  let other: RequestClient

  const ask = (client: RequestClient, conversationId: string) =>
    client.request(topic, conversationId, { conversationId })

  beforeAll(async () => {
    topics = await testTopics([topic, mute])
    const module = { module: class TestModule {}, controllers: [Owner] }
    owner = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
      ...testConsumer(topics.env),
      logger: false,
    })
    await owner.listen()
    one = await openClient(topics.env, topic, mute)
    other = await openClient(topics.env, topic)
  }, 90_000)

  afterAll(async () => {
    for (const client of [one, other]) await client.onApplicationShutdown()
    await owner.close()
    await topics.drop()
  }, 60_000)

  it('returns the answer, and null for an empty one', async () => {
    const conversationId = randomUUID()
    known.set(conversationId, described(conversationId))
    expect(await ask(one, conversationId)).toEqual(known.get(conversationId))
    expect(await ask(one, randomUUID())).toBeNull()
  })

  it('gives each of many concurrent requests its own answer', async () => {
    const ids = Array.from({ length: 60 }, () => randomUUID())
    for (const id of ids) known.set(id, described(id))
    const answers = await Promise.all(ids.map((id, index) => ask(index % 2 === 0 ? one : other, id)))
    expect(answers).toEqual(ids.map((id) => known.get(id)))
  }, 20_000)

  it('fails as UNAVAILABLE when the owner finds that the request breaks its contract', async () => {
    await expect(one.request(topic, 'x', { conversationId: 'no uuid' })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
  })

  it('fails as UNAVAILABLE when there is no answer in time', async () => {
    const from = performance.now()
    await expect(one.request(mute, 'x', { userIds: [] })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(performance.now() - from).toBeLessThan(6_000)
  }, 15_000)

  it('fails as UNAVAILABLE at once while Kafka is down', async () => {
    const env = { KAFKA_BROKERS: ['127.0.0.1:1'], KAFKA_TOPIC_PREFIX: '' }
    const client = new RequestClient({ env, clientId: 'test', topics: [topic] })
    await expect(client.request(topic, 'x', { conversationId: randomUUID() })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
  })
})
