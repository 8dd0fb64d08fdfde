import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { type AnyIntegrationEvent, integrationEvent } from '@parley/contracts/integration-events'
import type { UserId } from '@parley/kernel/ids'
import { testTokens } from '@parley/platform/auth/testing/test-tokens'
import { parseEnv } from '@parley/platform/env/parse-env'
import { createTopics } from '@parley/platform/kafka/create-topics'
import { EventProducer } from '@parley/platform/kafka/event-producer'
import { REQUEST_CLIENT_OPTIONS, RequestClient } from '@parley/platform/kafka/request-client'
import { eventually, testBrokers, testConsumer, testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { TimelineLog } from '../application/timeline-log'
import { messageEnv } from '../env'
import { MessageModule } from '../message.module'
import { conversationOf, ownTopic, RedirectedRequests, TestConversationSubgraph } from './conversation-owner'
import { newUser } from './entries'
import { type Answer, sendMessage } from './operations'
import { testMongo } from './test-mongo'

/** The whole subgraph on real engines and a free port, with a small conversation subgraph on the other side of Kafka. */
export async function startTestService() {
  await createTopics(testBrokers())
  const [mongo, tokens, dropTopics] = await Promise.all([testMongo(), testTokens(), testTopics([ownTopic])])
  const env = parseEnv(messageEnv, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    PORT: '0',
    JWKS_URL: tokens.jwksUrl,
    KAFKA_BROKERS: testBrokers().join(','),
    REDIS_NODES: process.env['PARLEY_REDIS_NODES'],
    MONGO_URL: mongo.url,
    MONGO_DATABASE: mongo.database,
  })
  const module = await Test.createTestingModule({
    imports: [MessageModule.forRoot(env)],
    controllers: [TestConversationSubgraph],
  })
    .overrideProvider(REQUEST_CLIENT_OPTIONS)
    .useValue({ brokers: testBrokers(), clientId: 'test-message', topics: [ownTopic] })
    .overrideProvider(RequestClient)
    .useClass(RedirectedRequests)
    .compile()
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false })
  const consumer = testConsumer(`test-message-${randomUUID()}`)
  app.connectMicroservice<MicroserviceOptions>({
    ...consumer,
    options: { ...consumer.options, subscribe: { fromBeginning: false } },
  })
  await app.listen(0, '127.0.0.1')
  await app.startAllMicroservices()
  const { port } = app.getHttpServer().address() as AddressInfo

  async function send(viewer: UserId | null, query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const authorization = viewer === null ? {} : { authorization: `Bearer ${await tokens.tokenFor(viewer)}` }
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer
  }

  const publish = (...events: AnyIntegrationEvent[]): Promise<void> => app.get(EventProducer).publish(events)

  const service = {
    app,
    address: `127.0.0.1:${port}`,
    database: mongo.connection,
    tokens,
    send,
    publish,
    async stop() {
      await app.close()
      await Promise.all([mongo.drop(), tokens.close(), dropTopics()])
    },
  }
  try {
    await untilHeard(service)
  } catch (error) {
    await service.stop()
    throw error
  }
  return service
}

export type TestService = Awaited<ReturnType<typeof startTestService>>

/** Consumers read from where they joined, and joining takes a while: until a question is answered and an event has arrived. */
async function untilHeard({ app, send, publish }: Pick<TestService, 'app' | 'send' | 'publish'>): Promise<void> {
  const first = newUser()
  const conversationId = conversationOf(first)
  const input = { conversationId, clientId: randomUUID(), text: 'Is anybody there?' }
  await eventually(async () => {
    const { errors } = await send(first, sendMessage, { input })
    if (errors?.some(({ extensions }) => extensions.code !== 'UNAVAILABLE')) throw new Error(JSON.stringify(errors))
    return errors === undefined
  }, 30_000)
  const subject = conversationOf(first)
  const origin = { id: randomUUID(), source: '/subgraphs/test', subject, time: new Date() }
  const data = { conversationId: subject, streamVersion: 2, title: 'Heard', renamedBy: first }
  await eventually(async () => {
    await publish(integrationEvent('conversation.renamed', data, origin))
    return (await app.get(TimelineLog).head(subject)) === 1
  }, 30_000)
}
