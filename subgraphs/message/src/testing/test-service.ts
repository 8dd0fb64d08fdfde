import { randomUUID } from 'node:crypto'
import { Controller } from '@nestjs/common'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { ReplyOf } from '@parley/contracts/requests'
import { ConversationOwner } from '@parley/memberships/conversation-owner'
import { parseEnv } from '@parley/platform/env/parse-env'
import { OnRequest } from '@parley/platform/kafka/decorators'
import { parseRequest } from '@parley/platform/kafka/parse-request'
import { eventually, testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { startSubgraph } from '@parley/platform/testing/start-subgraph'
import { testEnvironment } from '@parley/platform/testing/test-environment'
import { TestOwner } from '@parley/platform/testing/test-owner'
import { messageEnv } from '../env'
import { MessageModule } from '../message.module'
import { testMongo } from './test-mongo'

type Described = ReplyOf<'parley.conversation.describe'>

/** The conversations that exist, as far as the conversation subgraph of this test is concerned. */
export const conversations = new Map<string, Described>()

@Controller()
class TestConversationSubgraph {
  @OnRequest('parley.conversation.describe')
  describe(@Ctx() context: KafkaContext): Described {
    return conversations.get(parseRequest('parley.conversation.describe', context).conversationId) ?? null
  }
}

/** The whole subgraph on real engines, with a small conversation subgraph on the other side of Kafka. */
export async function startTestService() {
  const [mongo, owner, topics] = await Promise.all([testMongo(), TestOwner.start(), testTopics()])
  const environment = {
    ...testEnvironment(topics, owner.env.JWKS_URL),
    MONGO_URL: mongo.url,
    MONGO_DATABASE: mongo.database,
  }
  const module = MessageModule.forRoot(parseEnv(messageEnv, environment))
  const subgraph = await startSubgraph(module, { controllers: [TestConversationSubgraph], topics })
  const isAnswered = () =>
    subgraph.app
      .get(ConversationOwner, { strict: false })
      .describe(randomUUID())
      .then(
        () => true,
        () => false,
      )
  await eventually(isAnswered, 30_000)
  const stop = async (): Promise<void> => {
    await subgraph.stop()
    await Promise.all([mongo.drop(), topics.drop()])
    owner.stop()
  }
  return { ...subgraph, environment, owner, stop }
}

export type TestService = Awaited<ReturnType<typeof startTestService>>
