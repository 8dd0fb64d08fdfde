import { parseEnv } from '@parley/platform/env/parse-env'
import { testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { testMongo } from '@parley/platform/mongo/testing/test-mongo'
import { startSubgraph } from '@parley/platform/testing/start-subgraph'
import { testEnvironment } from '@parley/platform/testing/test-environment'
import { TestOwner } from '@parley/platform/testing/test-owner'
import { notificationEnv } from '../env'
import { documents } from '../infrastructure/mongo-notifications'
import { NotificationModule } from '../notification.module'

/** The whole subgraph on real engines: a database and topics of its own. */
export async function startTestService() {
  const [mongo, owner, topics] = await Promise.all([
    testMongo('notification', documents),
    TestOwner.start(),
    testTopics(),
  ])
  const environment = {
    ...testEnvironment(topics, owner.env.JWKS_URL),
    MONGO_URL: mongo.url,
    MONGO_DATABASE: mongo.database,
  }
  const module = NotificationModule.forRoot(parseEnv(notificationEnv, environment))
  const subgraph = await startSubgraph(module, { topics })
  const stop = async (): Promise<void> => {
    await subgraph.stop()
    await Promise.all([mongo.drop(), topics.drop()])
    owner.stop()
  }
  return { ...subgraph, environment, owner, stop }
}

export type TestService = Awaited<ReturnType<typeof startTestService>>
