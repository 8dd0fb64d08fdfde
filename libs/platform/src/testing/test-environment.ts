import type { TestTopics } from '../kafka/testing/test-kafka'
import { engineAddress } from './engine-address'

/** What every subgraph is told in a test; its own database comes on top. */
export const testEnvironment = ({ env }: TestTopics, jwksUrl: string): Record<string, string> => ({
  NODE_ENV: 'test',
  LOG_LEVEL: 'fatal',
  PORT: '0',
  JWKS_URL: jwksUrl,
  KAFKA_BROKERS: env.KAFKA_BROKERS.join(','),
  KAFKA_TOPIC_PREFIX: env.KAFKA_TOPIC_PREFIX,
  REDIS_NODES: engineAddress('PARLEY_REDIS_NODES'),
})
