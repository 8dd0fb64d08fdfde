import { setTimeout as delay } from 'node:timers/promises'
import { topics } from '@parley/contracts/topics'
import type { Admin } from 'kafkajs'
import { kafkaClient } from './kafka-client'

const attempts = 20
const pauseMs = 250

/** Creates the missing topics of libs/contracts; safe to repeat and to run concurrently. */
export async function createTopics(brokers: readonly string[], replicationFactor = 1): Promise<void> {
  const admin = kafkaClient(brokers, 'parley-migration', 'short').admin()
  await admin.connect()
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await createMissing(admin, replicationFactor)
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

async function createMissing(admin: Admin, replicationFactor: number): Promise<void> {
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
}

/** A broker that has just started may not know the topic yet that it has just created. */
const isNotThereYet = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION'
