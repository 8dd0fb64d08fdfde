import { randomUUID } from 'node:crypto'
import { integrationEvents } from '@parley/contracts/integration-events'
import { requests } from '@parley/contracts/requests'
import { deadLetterTopic } from '@parley/contracts/topics'
import type { KafkaMessage } from 'kafkajs'
import type { KafkaEnv } from '../../env/service-env'
import { engineAddress } from '../../testing/engine-address'
import { createMissing } from '../create-topics'
import { kafkaClient } from '../kafka-client'
import { PatientKafkaServer } from '../patient-kafka-server'

/** The real broker that tests run against. */
export const testBrokers = (): string[] => engineAddress('PARLEY_KAFKA_BROKERS').split(',')

export interface TestTopics {
  readonly env: KafkaEnv
  /** The name of a topic on the broker. */
  nameOf(topic: string): string
  /** Deletes the topics. */
  drop(): Promise<void>
}

const everyTopic = [...new Set(Object.values(integrationEvents).map(({ topic }) => topic)), ...Object.keys(requests)]

/** Creates topics for one test, under a unique prefix, each with its dead-letter and reply topic. Default: all of libs/contracts. */
export async function testTopics(topics: readonly string[] = everyTopic, partitions = 2): Promise<TestTopics> {
  const env: KafkaEnv = { KAFKA_BROKERS: testBrokers(), KAFKA_TOPIC_PREFIX: `test-${randomUUID()}.` }
  const nameOf = (topic: string) => `${env.KAFKA_TOPIC_PREFIX}${topic}`
  const admin = kafkaClient(env.KAFKA_BROKERS, 'test', 'short').admin()
  const names = topics.map(nameOf).flatMap((topic) => [topic, deadLetterTopic(topic), `${topic}.reply`])
  await admin.connect()
  await createMissing(
    admin,
    names.map((topic) => ({ topic, numPartitions: topic.endsWith('.dlq') ? 1 : partitions })),
  )
  const drop = async () => {
    await admin.deleteTopics({ topics: names })
    await admin.disconnect()
  }
  return { env, nameOf, drop }
}

/** Consumers as runService configures them. Closing waits for the current fetch. */
export const testConsumer = (env: KafkaEnv): { strategy: PatientKafkaServer } => ({
  strategy: new PatientKafkaServer(env, 'test', { maxWaitTimeInMs: 200 }),
})

/** Hands on every record of a topic, in the order of each partition. The result stops it. */
export async function watchTopic(name: string, take: (record: KafkaMessage) => void): Promise<() => Promise<void>> {
  const consumer = kafkaClient(testBrokers(), 'test-watcher', 'short').consumer({
    groupId: `test-${randomUUID()}`,
    maxWaitTimeInMs: 100,
  })
  await consumer.connect()
  await consumer.subscribe({ topic: name, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      take(message)
    },
  })
  return () => consumer.disconnect()
}

/** Polls until the condition holds: for changes in another process that cannot notify this one. */
export async function eventually<Result>(
  look: () => Result | undefined | false | Promise<Result | undefined | false>,
  patienceMs = 15_000,
): Promise<Result> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (performance.now() > deadline) throw new Error(`Not within ${patienceMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
