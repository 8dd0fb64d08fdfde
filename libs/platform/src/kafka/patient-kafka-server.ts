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
/** Of one partition, for they are in memory and each may hold a connection. */
const maxAtOnce = 64
/** How long joining members wait for a live member that does not rejoin. kafkajs would wait a minute. */
const rebalanceMs = 10_000

interface Outcome {
  readonly handled: ReadonlySet<EachMessagePayload>
  readonly failures: ReadonlyMap<EachMessagePayload, unknown>
}

/**
 * Nest's Kafka transport for a consumer group that survives outages. Records of one key are handled in their order, those
 * of different keys at the same time. When a handler throws KafkaRetriableException, the partition is paused and the
 * record retried, with back-off, until it succeeds, while heartbeats and the other partitions go on. Nothing is
 * committed past it: what was handled behind it is handled once more. A consumer that does not start, or that crashed,
 * is started again.
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
    for (let start = 0; start < messages.length; start += maxAtOnce) {
      const records = messages
        .slice(start, start + maxAtOnce)
        .map((message): EachMessagePayload => ({ topic, partition, message, heartbeat, pause }))
      const { handled, failures } = await this.#handleTogether(records, () => payload.isRunning() && !payload.isStale())
      const first = records.findIndex((record) => !handled.has(record))
      const done = first === -1 ? records : records.slice(0, first)
      const [last, stopped] = [done.at(-1), records[done.length]]
      if (last !== undefined) payload.resolveOffset(last.message.offset)
      await payload.commitOffsetsIfNecessary()
      if (stopped === undefined) continue
      // Without a failure it was left, because the consumer stops.
      if (!failures.has(stopped)) return
      const failure = failures.get(stopped)
      if (!(failure instanceof KafkaRetriableException)) throw failure
      void this.#waitOut(stopped, pause())
      return
    }
  }

  /** What is left in neither set follows on a failure of its key, or was not begun because the consumer stops. */
  async #handleTogether(records: readonly EachMessagePayload[], isOurs: () => boolean): Promise<Outcome> {
    const handled = new Set<EachMessagePayload>()
    const failures = new Map<EachMessagePayload, unknown>()
    const handleInOrder = async (ofOneKey: readonly EachMessagePayload[]) => {
      for (const record of ofOneKey) {
        if (!isOurs()) return
        try {
          await this.handleMessage(record)
          await record.heartbeat()
          handled.add(record)
        } catch (error) {
          failures.set(record, error)
          return
        }
      }
    }
    await Promise.all([...Map.groupBy(records, keyOf).values()].map(handleInOrder))
    return { handled, failures }
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

/** Records without a key have no order. */
const keyOf = ({ message }: EachMessagePayload): string => message.key?.toString('latin1') ?? message.offset
