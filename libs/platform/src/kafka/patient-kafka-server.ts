import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { KafkaRetriableException, type MessageHandler, ServerKafka } from '@nestjs/microservices'
import type { Consumer, ConsumerCrashEvent, EachBatchPayload, EachMessagePayload } from 'kafkajs'
import type { KafkaEnv } from '../env/service-env'
import { kafkaConfig } from './kafka-client'

const restartMs = 500
const firstPauseMs = 100
const maxPauseMs = 1_000
/** How long the group waits for a member without heartbeats: a killed consumer is replaced after it. */
const sessionMs = 8_000
/** How long joining members wait for a live member that does not rejoin. kafkajs would wait a minute. */
const rebalanceMs = 10_000

/**
 * Nest's Kafka transport for a consumer group that survives outages. When a handler throws KafkaRetriableException, the
 * partition is paused and the record retried, with back-off, until it succeeds, while heartbeats and the other
 * partitions go on. Nothing is committed past it. A consumer that does not start, or that crashed, is started again.
 */
export class PatientKafkaServer extends ServerKafka {
  readonly #logger = new Logger(PatientKafkaServer.name)
  readonly #closing = new AbortController()
  #joining: Promise<void> | null = null

  constructor(
    private readonly env: KafkaEnv,
    groupId: string,
    consuming: { readonly maxWaitTimeInMs?: number } = {},
  ) {
    super({
      client: kafkaConfig(env.KAFKA_BROKERS, groupId, 'endless'),
      consumer: {
        groupId: `${env.KAFKA_TOPIC_PREFIX}${groupId}`,
        allowAutoTopicCreation: false,
        sessionTimeout: sessionMs,
        rebalanceTimeout: rebalanceMs,
        heartbeatInterval: 2_000,
        // A record is delivered as soon as it arrives; this only bounds an idle fetch, for which draining has to wait.
        maxWaitTimeInMs: consuming.maxWaitTimeInMs ?? 2_000,
      },
      producer: { allowAutoTopicCreation: false },
      // Records are parsed by their contract, from the bytes.
      parser: { keepBinary: true },
    })
  }

  /** Handlers name topics as libs/contracts does. */
  override addHandler(topic: string, handler: MessageHandler, isEventHandler?: boolean, extras?: object): void {
    super.addHandler(`${this.env.KAFKA_TOPIC_PREFIX}${topic}`, handler, isEventHandler, extras)
  }

  override async listen(started: () => void): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        this.client = await this.createClient()
        await this.start(started)
        return
      } catch (error) {
        this.#logger.warn({ err: error }, 'The consumer does not start; trying again')
        await this.#leave()
        await this.#pause(restartMs)
      }
    }
  }

  override async close(): Promise<void> {
    this.#closing.abort()
    // kafkajs leaves a group only after it has joined. A member that stops while joining stays in the group without
    // heartbeats, and the next one waits for a minute.
    if (this.#joining !== null) await Promise.race([this.#joining, delay(sessionMs, undefined, { ref: false })])
    await super.close()
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    consumer.on(consumer.events.CRASH, (crash) => void this.#onCrash(crash))
    await consumer.subscribe({ fromBeginning: true, topics: [...this.messageHandlers.keys()] })
    const joined = consumer.run({
      partitionsConsumedConcurrently: 4,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#handleBatch(payload),
    })
    this.#joining = joined.catch(() => undefined).finally(() => (this.#joining = null))
    await joined
  }

  async #handleBatch(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch
    const heartbeat = () => payload.heartbeat()
    const pause = () => payload.pause()
    for (const message of messages) {
      if (!payload.isRunning() || payload.isStale()) return
      const record: EachMessagePayload = { topic, partition, message, heartbeat, pause }
      if (!(await this.#isTaken(record))) {
        void this.#waitOut(record, pause())
        return
      }
      payload.resolveOffset(message.offset)
      await heartbeat()
      await payload.commitOffsetsIfNecessary()
    }
  }

  /** False during an outage; any other failure must be settled by the handler, otherwise it is a defect. */
  async #isTaken(record: EachMessagePayload): Promise<boolean> {
    try {
      await this.handleMessage(record)
      return true
    } catch (error) {
      if (error instanceof KafkaRetriableException) return false
      throw error
    }
  }

  /**
   * Retries the record outside of the consumer's loop, whose fetches wait for every partition that is being handled.
   * After success the partition resumes with the same record: its handler is idempotent, and a rebalance meanwhile
   * changes nothing.
   */
  async #waitOut(record: EachMessagePayload, resume: () => void): Promise<void> {
    const { topic, partition, message } = record
    this.#logger.warn({ topic, partition, offset: message.offset }, 'A partition waits for an outage to end')
    for (let pauseMs = firstPauseMs; !this.#closing.signal.aborted; pauseMs = Math.min(pauseMs * 2, maxPauseMs)) {
      await this.#pause(pauseMs)
      // A defect occurs again in the consumer's own loop, where it is handled.
      const isOver = await this.#isTaken(record).catch(() => true)
      if (isOver) break
    }
    resume()
  }

  async #onCrash({ payload: { error, restart } }: ConsumerCrashEvent): Promise<void> {
    if (restart || this.#closing.signal.aborted) return
    this.#logger.error({ err: error }, 'The consumer crashed; starting it anew')
    await this.#leave()
    await this.#pause(restartMs)
    await this.listen(() => this.#logger.log('The consumer is back'))
  }

  async #leave(): Promise<void> {
    await super
      .close()
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'The consumer did not close cleanly'))
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#closing.signal }).catch(() => undefined)
  }
}
