import { randomUUID } from 'node:crypto'
import { Controller } from '@nestjs/common'
import { Ctx, KafkaContext, MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { type ReplyOf, type RequestOf, requests } from '@parley/contracts/requests'
import type { UserId } from '@parley/kernel/ids'
import { parseEnv } from '@parley/platform/env/parse-env'
import { createTopics } from '@parley/platform/kafka/create-topics'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { REQUEST_CLIENT_OPTIONS, RequestClient } from '@parley/platform/kafka/request-client'
import { testBrokers, testConsumer, testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { ConversationModule } from '../conversation.module'
import { conversationEnv } from '../env'

const contract = 'parley.user.exist'

/** The question goes to a topic of the test's own: on the real one another test's user subgraph might answer first. */
const ownTopic = `test.user.exist.${randomUUID()}` as typeof contract
Object.assign(requests, { [ownTopic]: requests[contract] })

class RedirectedRequests extends RequestClient {
  override request<T extends keyof typeof requests>(topic: T, key: string, request: RequestOf<T>): Promise<ReplyOf<T>> {
    return super.request(topic === contract ? (ownTopic as T) : topic, key, request)
  }
}

/** Who has an account, as far as the user subgraph of this test is concerned. */
export const accounts = new Set<UserId>()

@Controller()
class TestUserSubgraph {
  @MessagePattern<string>(ownTopic, Transport.KAFKA)
  exist(@Ctx() context: KafkaContext): ReplyOf<typeof contract> {
    const { userIds } = parseRequest(contract, context)
    return { userIds: userIds.filter((id) => accounts.has(id as UserId)) }
  }
}

export interface TestService {
  readonly app: NestFastifyApplication
  readonly address: string
  /** To ask as other subgraphs do. */
  readonly neighbour: RequestClient
  stop(): Promise<void>
}

/** The whole subgraph on real engines and a free port, with a small user subgraph on the other side of Kafka. */
export async function startTestService(postgresUrl: string, jwksUrl: string): Promise<TestService> {
  await createTopics(testBrokers())
  const dropTopics = await testTopics([ownTopic])
  const env = parseEnv(conversationEnv, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    PORT: '0',
    JWKS_URL: jwksUrl,
    POSTGRES_URL: postgresUrl,
    KAFKA_BROKERS: testBrokers().join(','),
    REDIS_NODES: process.env['PARLEY_REDIS_NODES'],
  })
  const module = await Test.createTestingModule({
    imports: [ConversationModule.forRoot(env)],
    controllers: [TestUserSubgraph],
  })
    .overrideProvider(REQUEST_CLIENT_OPTIONS)
    .useValue({ brokers: testBrokers(), clientId: 'test-conversation', topics: [ownTopic] })
    .overrideProvider(RequestClient)
    .useClass(RedirectedRequests)
    .compile()
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false })
  app.connectMicroservice<MicroserviceOptions>(testConsumer(`test-conversation-${randomUUID()}`))
  await app.listen(0, '127.0.0.1')
  await app.startAllMicroservices()
  const neighbour = new RequestClient({
    brokers: testBrokers(),
    clientId: 'test-neighbour',
    topics: ['parley.conversation.describe'],
  })
  neighbour.onApplicationBootstrap()
  return {
    app,
    address: await app.getUrl(),
    neighbour,
    async stop() {
      await neighbour.onApplicationShutdown()
      await app.close()
      await dropTopics()
    },
  }
}
