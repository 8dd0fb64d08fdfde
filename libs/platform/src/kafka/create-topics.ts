import { topics } from '@parley/contracts/topics'
import { kafkaClient } from './kafka-client'

/** Creates what is missing of the topics in libs/contracts; safe to run again and side by side. */
export async function createTopics(brokers: readonly string[], replicationFactor = 1): Promise<void> {
  const admin = kafkaClient(brokers, 'parley-migration', 'short').admin()
  await admin.connect()
  try {
    const existing = new Set(await admin.listTopics())
    const missing = topics.filter(({ topic }) => !existing.has(topic))
    if (missing.length === 0) return
    await admin.createTopics({
      waitForLeaders: true,
      topics: missing.map(({ topic, partitions, retentionMs }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor,
        configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
      })),
    })
  } finally {
    await admin.disconnect()
  }
}
