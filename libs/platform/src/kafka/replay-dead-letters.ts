import type { Topic } from '@parley/contracts/integration-events'
import { deadLetterTopic } from '@parley/contracts/topics'
import type { Consumer, IHeaders, Kafka, Producer } from 'kafkajs'
import type { KafkaEnv } from '../env/service-env'
import { kafkaClient } from './kafka-client'

interface Range {
  readonly partition: number
  readonly from: bigint
  readonly to: bigint
}

/**
 * Publishes the dead letters of a topic to that topic again, unchanged, and returns their number. Its consumer group
 * commits its offsets: each dead letter is replayed once. One that fails again is a new dead letter, left for the next
 * replay.
 */
export async function replayDeadLetters(env: KafkaEnv, of: Topic): Promise<number> {
  const topic = `${env.KAFKA_TOPIC_PREFIX}${of}`
  const kafka = kafkaClient(env.KAFKA_BROKERS, 'parley-replay', 'short')
  const groupId = `parley-replay.${topic}`
  const ranges = await openRanges(kafka, groupId, deadLetterTopic(topic))
  if (ranges.length === 0) return 0
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 })
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
  await producer.connect()
  await consumer.connect()
  try {
    return await replayRanges(consumer, producer, topic, ranges)
  } finally {
    await consumer.disconnect()
    await producer.disconnect()
  }
}

/**
 * The dead letters at the start of the command that have not been replayed: the end is fixed, so that a poison record
 * cannot loop.
 */
async function openRanges(kafka: Kafka, groupId: string, deadLetters: string): Promise<readonly Range[]> {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const ends = await admin.fetchTopicOffsets(deadLetters)
    const [committed] = await admin.fetchOffsets({ groupId, topics: [deadLetters] })
    const done = new Map(committed?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]))
    return ends
      .map(({ partition, low, high }) => ({
        partition,
        from: latest(BigInt(low), done.get(partition)),
        to: BigInt(high),
      }))
      .filter(({ from, to }) => from < to)
  } finally {
    await admin.disconnect()
  }
}

/** A group without commits has the offset -1. */
const latest = (low: bigint, committed = -1n): bigint => (committed > low ? committed : low)

async function replayRanges(
  consumer: Consumer,
  producer: Producer,
  topic: string,
  ranges: readonly Range[],
): Promise<number> {
  const deadLetters = deadLetterTopic(topic)
  const open = new Map(ranges.map(({ partition, to }) => [partition, to]))
  let replayed = 0
  await consumer.subscribe({ topics: [deadLetters], fromBeginning: true })
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
    const run = consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        const end = open.get(partition)
        const next = BigInt(message.offset) + 1n
        if (end === undefined || next > end) return
        const { key, value, headers = {} } = message
        await producer.send({ topic, acks: -1, messages: [{ key, value, headers: original(headers) }] })
        await consumer.commitOffsets([{ topic: deadLetters, partition, offset: String(next) }])
        replayed += 1
        if (next === end) open.delete(partition)
        if (open.size === 0) resolve()
      },
    })
    run.catch(reject)
  })
  return replayed
}

/** The record's original headers, without those that the delivery added. */
const original = (headers: IHeaders): IHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('parley-')))
