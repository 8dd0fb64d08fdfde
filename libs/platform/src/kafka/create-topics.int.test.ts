import { randomUUID } from 'node:crypto'
import { topics } from '@parley/contracts/topics'
import { createTopics } from './create-topics'
import { kafkaClient } from './kafka-client'
import { testBrokers } from './testing/test-kafka'

describe('createTopics', () => {
  const admin = kafkaClient(testBrokers(), 'test', 'short').admin()
  const env = { KAFKA_BROKERS: testBrokers(), KAFKA_TOPIC_PREFIX: `test-${randomUUID()}.` }
  const names = topics.map(({ topic }) => `${env.KAFKA_TOPIC_PREFIX}${topic}`)
  beforeAll(() => admin.connect(), 30_000)
  afterAll(async () => {
    await admin.deleteTopics({ topics: names })
    await admin.disconnect()
  }, 30_000)

  it('creates what is missing of the topics, under the prefix, also side by side and again', async () => {
    await Promise.all([createTopics(env), createTopics(env)])
    await createTopics(env)
    const there = (await admin.listTopics()).filter((topic) => topic.startsWith(env.KAFKA_TOPIC_PREFIX))
    expect(there.toSorted()).toEqual(names.toSorted())
  }, 30_000)
})
