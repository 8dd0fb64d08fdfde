import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@parley/contracts/topics'
import type { Admin, ITopicConfig } from 'kafkajs'
import type { KafkaEnv } from '../env/service-env'
import { kafkaClient } from './kafka-client'

const attempts = 20
const pauseMs = 250

/** Creates the missing topics of libs/contracts; safe to repeat and to run concurrently. */
export async function createTopics(env: KafkaEnv, replicationFactor = 1): Promise<void> {
  const admin = kafkaClient(env.KAFKA_BROKERS, 'parley-migration', 'short').admin()
  await admin.connect()
  try {
    await createMissing(
      admin,
      topics.map(({ topic, partitions, retentionMs }) => ({
        topic: `${env.KAFKA_TOPIC_PREFIX}${topic}`,
        numPartitions: partitions,
        replicationFactor,
        configEntries: [{ name: 'retention.ms', value: String(retentionMs) }],
      })),
    )
  } finally {
    await admin.disconnect()
  }
}

/** Creates those of the topics that are missing, and waits until each has a leader. */
export async function createMissing(admin: Admin, wanted: readonly ITopicConfig[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const existing = new Set(await admin.listTopics())
      const missing = wanted.filter(({ topic }) => !existing.has(topic))
      if (missing.length > 0) await admin.createTopics({ waitForLeaders: true, topics: missing })
      return
    } catch (error) {
      if (attempt === attempts || !isNotThereYet(error)) throw error
      await delay(pauseMs)
    }
  }
}

/** A busy broker, or one that has just started, may not know the topic yet that it has just created. */
const isNotThereYet = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION'
