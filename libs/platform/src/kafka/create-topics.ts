import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@parley/contracts/topics'
import type { Admin } from 'kafkajs'
import type { KafkaEnv } from '../env/service-env'
import { kafkaClient } from './kafka-client'

const attempts = 20
const pauseMs = 250

/** Creates the missing topics of libs/contracts; safe to repeat and to run concurrently. */
export async function createTopics(env: KafkaEnv, replicationFactor = 1): Promise<void> {
  const admin = kafkaClient(env.KAFKA_BROKERS, 'parley-migration', 'short').admin()
  await admin.connect()
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await createMissing(admin, env.KAFKA_TOPIC_PREFIX, replicationFactor)
        return
      } catch (error) {
        if (attempt === attempts || !isNotThereYet(error)) throw error
        await delay(pauseMs)
      }
    }
  } finally {
    await admin.disconnect()
  }
}

async function createMissing(admin: Admin, prefix: string, replicationFactor: number): Promise<void> {
  const existing = new Set(await admin.listTopics())
  const named = topics.map((spec) => ({ ...spec, topic: `${prefix}${spec.topic}` }))
  const missing = named.filter(({ topic }) => !existing.has(topic))
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
}

/** A broker that has just started may not know the topic yet that it has just created. */
const isNotThereYet = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION'
