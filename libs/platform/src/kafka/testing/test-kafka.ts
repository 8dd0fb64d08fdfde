import { deadLetterTopic } from '@parley/contracts/topics'
import { engineAddress } from '../../testing/engine-address'
import { kafkaClient } from '../kafka-client'
import { PatientKafkaServer } from '../patient-kafka-server'

/** The real broker that tests run against. */
export const testBrokers = (): string[] => engineAddress('PARLEY_KAFKA_BROKERS').split(',')

/** Creates topics for one test; the result deletes them and what belongs to them. */
export async function testTopics(topics: readonly string[], partitions = 2): Promise<() => Promise<void>> {
  const admin = kafkaClient(testBrokers(), 'test', 'short').admin()
  const names = topics.flatMap((topic) => [topic, deadLetterTopic(topic), `${topic}.reply`])
  await admin.connect()
  await admin.createTopics({
    waitForLeaders: true,
    topics: names.map((topic) => ({ topic, numPartitions: topic.endsWith('.dlq') ? 1 : partitions })),
  })
  return async () => {
    await admin.deleteTopics({ topics: names })
    await admin.disconnect()
  }
}

/** Consumers as runService configures them, in a group of the test's own. Closing waits for the current fetch. */
export const testConsumer = (groupId: string, fromBeginning = true): { strategy: PatientKafkaServer } => ({
  strategy: new PatientKafkaServer(testBrokers(), groupId, { maxWaitTimeInMs: 200, fromBeginning }),
})

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
