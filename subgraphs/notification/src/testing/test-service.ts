import { testMongo } from '@parley/platform/mongo/testing/test-mongo'
import { engineAddress } from '@parley/platform/testing/engine-address'
import { startSubgraph } from '@parley/platform/testing/start-subgraph'
import { TestOwner } from '@parley/platform/testing/test-owner'
import { notificationEnv } from '../env'
import { documents } from '../infrastructure/mongo-notifications'
import { NotificationModule } from '../notification.module'

/** The whole subgraph on real engines: a database and a consumer group of its own. */
export async function startTestService() {
  const [mongo, owner] = await Promise.all([testMongo('notification', documents), TestOwner.start()])
  const env = notificationEnv.parse({
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    JWKS_URL: owner.env.JWKS_URL,
    KAFKA_BROKERS: engineAddress('PARLEY_KAFKA_BROKERS'),
    REDIS_NODES: engineAddress('PARLEY_REDIS_NODES'),
    MONGO_URL: mongo.url,
    MONGO_DATABASE: mongo.database,
  })
  const subgraph = await startSubgraph(NotificationModule.forRoot(env), { consume: 'from now' })
  const stop = async (): Promise<void> => {
    await subgraph.stop()
    await mongo.drop()
    owner.stop()
  }
  return { ...subgraph, owner, stop }
}

export type TestService = Awaited<ReturnType<typeof startTestService>>
