import { Controller } from '@nestjs/common'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { ReplyOf } from '@parley/contracts/requests'
import type { UserId } from '@parley/kernel/ids'
import { parseEnv } from '@parley/platform/env/parse-env'
import { OnRequest } from '@parley/platform/kafka/decorators'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { RequestClient } from '@parley/platform/kafka/request-client'
import { testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { startSubgraph, type TestSubgraph } from '@parley/platform/testing/start-subgraph'
import { testEnvironment } from '@parley/platform/testing/test-environment'
import { ConversationModule } from '../conversation.module'
import { conversationEnv } from '../env'

/** The existing accounts of the fake user subgraph in this test. */
export const accounts = new Set<UserId>()

@Controller()
class TestUserSubgraph {
  @OnRequest('parley.user.exist')
  exist(@Ctx() context: KafkaContext): ReplyOf<'parley.user.exist'> {
    const { userIds } = parseRequest('parley.user.exist', context)
    return { userIds: userIds.filter((id) => accounts.has(id as UserId)) }
  }
}

export interface TestService extends TestSubgraph {
  /** Sends requests like another subgraph. */
  readonly neighbour: RequestClient
  readonly environment: Readonly<Record<string, string>>
}

/** The whole subgraph on real engines, with a fake user subgraph behind Kafka. */
export async function startTestService(postgresUrl: string, jwksUrl: string): Promise<TestService> {
  const topics = await testTopics()
  const environment = { ...testEnvironment(topics, jwksUrl), POSTGRES_URL: postgresUrl }
  const module = ConversationModule.forRoot(parseEnv(conversationEnv, environment))
  const subgraph = await startSubgraph(module, { controllers: [TestUserSubgraph], topics })
  const neighbour = new RequestClient({
    env: topics.env,
    clientId: 'test-neighbour',
    topics: ['parley.conversation.describe'],
  })
  neighbour.onApplicationBootstrap()
  const stop = async (): Promise<void> => {
    await neighbour.onApplicationShutdown()
    await subgraph.stop()
    await topics.drop()
  }
  return { ...subgraph, environment, neighbour, stop }
}
