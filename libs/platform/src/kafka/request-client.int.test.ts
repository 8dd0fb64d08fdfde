import { randomUUID } from 'node:crypto'
import { Controller, type INestMicroservice } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Ctx, KafkaContext, type MicroserviceOptions } from '@nestjs/microservices'
import { type ReplyOf, requests } from '@parley/contracts/requests'
import { OnRequest } from './decorators'
import { parseRequest } from './parse-request'
import { RequestClient } from './request-client'
import { eventually, testBrokers, testConsumer, testTopics } from './testing/test-kafka'

const contract = 'parley.conversation.describe'
type Described = ReplyOf<typeof contract>

/** This test's own topic with the contract of a real one: other tests use the real one at the same time. */
const ownTopic = (name: string) => {
  const topic = `test.${name}.${randomUUID()}`
  Object.assign(requests, { [topic]: requests[contract] })
  return topic as typeof contract
}

const topic = ownTopic('describe')
const mute = ownTopic('mute')
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
    const { conversationId } = parseRequest(contract, context)
    return known.get(conversationId) ?? null
  }
}

async function openClient(...topics: (typeof contract)[]): Promise<RequestClient> {
  const client = new RequestClient({ brokers: testBrokers(), clientId: 'test', topics })
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
  let dropTopics: () => Promise<void>
  let owner: INestMicroservice
  let one: RequestClient
  let other: RequestClient

  const ask = (client: RequestClient, conversationId: string) =>
    client.request(topic, conversationId, { conversationId })

  beforeAll(async () => {
    dropTopics = await testTopics([topic, mute])
    const module = { module: class TestModule {}, controllers: [Owner] }
    owner = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
      ...testConsumer(`test-${randomUUID()}`),
      logger: false,
    })
    await owner.listen()
    one = await openClient(topic, mute)
    other = await openClient(topic)
  }, 90_000)

  afterAll(async () => {
    for (const client of [one, other]) await client.onApplicationShutdown()
    await owner.close()
    await dropTopics()
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
    await expect(one.request(mute, 'x', { conversationId: randomUUID() })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(performance.now() - from).toBeLessThan(6_000)
  }, 15_000)

  it('fails as UNAVAILABLE at once while Kafka is down', async () => {
    const client = new RequestClient({ brokers: ['127.0.0.1:1'], clientId: 'test', topics: [topic] })
    await expect(client.request(topic, 'x', { conversationId: randomUUID() })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
  })
})
