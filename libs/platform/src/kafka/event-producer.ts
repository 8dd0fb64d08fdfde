import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { type AnyIntegrationEvent, integrationEvents } from '@parley/contracts/integration-events'
import { Kafka, type IHeaders, type Producer, type TopicMessages } from 'kafkajs'

/** Publishes to Kafka with acks from all replicas. Resolves when the broker has it; rejects otherwise, and then nothing is known. */
@Injectable()
export class EventProducer implements OnApplicationShutdown {
  readonly #producer: Producer
  #connected: Promise<void> | undefined

  constructor(kafka: Kafka) {
    this.#producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false })
    this.#producer.on(this.#producer.events.DISCONNECT, () => (this.#connected = undefined))
  }

  async publish(published: readonly AnyIntegrationEvent[]): Promise<void> {
    const byTopic = new Map<string, TopicMessages>()
    for (const event of published) {
      const { topic } = integrationEvents[event.type]
      const batch = byTopic.get(topic) ?? { topic, messages: [] }
      batch.messages.push({
        key: event.subject,
        value: JSON.stringify(event),
        headers: { 'content-type': 'application/cloudevents+json' },
      })
      byTopic.set(topic, batch)
    }
    await this.#connect()
    await this.#producer.sendBatch({ acks: -1, topicMessages: [...byTopic.values()] })
  }

  /** A record as it came, with the reason why it could not be handled. */
  async publishRaw(topic: string, key: Buffer | null, value: Buffer | null, headers: IHeaders): Promise<void> {
    await this.#connect()
    await this.#producer.send({ topic, acks: -1, messages: [{ key, value, headers }] })
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.#connected !== undefined) await this.#producer.disconnect()
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
