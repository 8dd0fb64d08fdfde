import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { type AnyIntegrationEvent, integrationEvents } from '@parley/contracts/integration-events'
import { Kafka, type IHeaders, type Producer, type TopicMessages } from 'kafkajs'

/** Injects KAFKA_TOPIC_PREFIX. */
export const TOPIC_PREFIX = 'parley:topic-prefix'

/**
 * Publishes to Kafka with acks from all replicas. Resolves when the broker has the record; after a rejection the
 * outcome is unknown.
 */
@Injectable()
export class EventProducer implements OnApplicationShutdown {
  #producer: Producer
  #connected: Promise<void> | undefined

  constructor(
    private readonly kafka: Kafka,
    @Inject(TOPIC_PREFIX) private readonly topicPrefix = '',
  ) {
    this.#producer = this.#make()
  }

  async publish(published: readonly AnyIntegrationEvent[]): Promise<void> {
    const byTopic = new Map<string, TopicMessages>()
    for (const event of published) {
      const topic = `${this.topicPrefix}${integrationEvents[event.type].topic}`
      const batch = byTopic.get(topic) ?? { topic, messages: [] }
      batch.messages.push({
        key: event.subject,
        value: JSON.stringify(event),
        headers: { 'content-type': 'application/cloudevents+json' },
      })
      byTopic.set(topic, batch)
    }
    await this.#send((producer) => producer.sendBatch({ acks: -1, topicMessages: [...byTopic.values()] }))
  }

  /** A record unchanged, with the reason why it could not be handled. `topic` is the name on the broker. */
  async publishRaw(topic: string, key: Buffer | null, value: Buffer | null, headers: IHeaders): Promise<void> {
    await this.#send((producer) => producer.send({ topic, acks: -1, messages: [{ key, value, headers }] }))
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#connected !== undefined) await this.#producer.disconnect()
  }

  async #send(send: (producer: Producer) => Promise<unknown>): Promise<void> {
    const producer = this.#producer
    try {
      await this.#connect()
      await send(producer)
    } catch (error) {
      if (producer === this.#producer) this.#renew()
      throw error
    }
  }

  /**
   * An idempotent producer that lost an answer may have lost its sequence number and would be refused from then on: a
   * new producer starts afresh.
   */
  #renew(): void {
    const failed = this.#producer
    this.#producer = this.#make()
    this.#connected = undefined
    void failed.disconnect().catch(() => undefined)
  }

  #make(): Producer {
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
    producer.on(producer.events.DISCONNECT, () => {
      if (producer === this.#producer) this.#connected = undefined
    })
    return producer
  }

  async #connect(): Promise<void> {
    this.#connected ??= this.#producer.connect()
    try {
      await this.#connected
    } catch (error) {
      this.#connected = undefined
      throw error
    }
  }
}
