import type { Stack } from '@parley/launcher/stack'
import { Kafka, logLevel } from 'kafkajs'

/** The total number of records in all dead-letter topics. */
export async function deadLetters({ engines }: Stack): Promise<number> {
  const brokers = engines.addresses.kafkaBrokers
  const admin = new Kafka({ clientId: 'chaos', brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.endsWith('.dlq'))
    if (topics.length === 0) throw new Error('There is no dead-letter topic to look into')
    const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)))
    return offsets.flat().reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0)
  } finally {
    await admin.disconnect()
  }
}
