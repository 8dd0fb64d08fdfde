import { randomUUID } from 'node:crypto'
import { Controller } from '@nestjs/common'
import { Ctx, KafkaContext, MessagePattern, Transport } from '@nestjs/microservices'
import { type ReplyOf, type RequestOf, requests } from '@parley/contracts/requests'
import type { UserId } from '@parley/kernel/ids'
import { parseEnv } from '@parley/platform/env/parse-env'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { REQUEST_CLIENT_OPTIONS, RequestClient } from '@parley/platform/kafka/request-client'
import { testBrokers, testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { engineAddress } from '@parley/platform/testing/engine-address'
import { startSubgraph, type TestSubgraph } from '@parley/platform/testing/start-subgraph'
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

export interface TestService extends TestSubgraph {
  /** To ask as other subgraphs do. */
  readonly neighbour: RequestClient
}

/** The whole subgraph on real engines, with a small user subgraph on the other side of Kafka. */
export async function startTestService(postgresUrl: string, jwksUrl: string): Promise<TestService> {
  const dropTopics = await testTopics([ownTopic])
  const env = parseEnv(conversationEnv, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    PORT: '0',
    JWKS_URL: jwksUrl,
    POSTGRES_URL: postgresUrl,
    KAFKA_BROKERS: engineAddress('PARLEY_KAFKA_BROKERS'),
    REDIS_NODES: engineAddress('PARLEY_REDIS_NODES'),
  })
  const subgraph = await startSubgraph(ConversationModule.forRoot(env), {
    controllers: [TestUserSubgraph],
    override: (builder) =>
      builder
        .overrideProvider(REQUEST_CLIENT_OPTIONS)
        .useValue({ brokers: testBrokers(), clientId: 'test-conversation', topics: [ownTopic] })
        .overrideProvider(RequestClient)
        .useClass(RedirectedRequests),
    consume: 'from the beginning',
  })
  const neighbour = new RequestClient({
    brokers: testBrokers(),
    clientId: 'test-neighbour',
    topics: ['parley.conversation.describe'],
  })
  neighbour.onApplicationBootstrap()
  const stop = async (): Promise<void> => {
    await neighbour.onApplicationShutdown()
    await subgraph.stop()
    await dropTopics()
  }
  return { ...subgraph, neighbour, stop }
}
