import { randomUUID } from 'node:crypto'
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { ClientKafka } from '@nestjs/microservices'
import { type ReplyOf, type RequestOf, requests, type RequestTopic } from '@parley/contracts/requests'
import { DomainError } from '@parley/kernel/errors'
import { firstValueFrom, timeout } from 'rxjs'
import type { KafkaEnv } from '../env/service-env'
import { unavailable } from '../failures'
import { Wakeup } from '../service/wakeup'
import { kafkaConfig } from './kafka-client'

export interface RequestClientOptions {
  readonly env: KafkaEnv
  readonly clientId: string
  readonly topics: readonly RequestTopic[]
}

export const REQUEST_CLIENT_OPTIONS = 'parley:request-client-options'
const patienceMs = 3_000
const reconnectMs = 1_000

/** Kafka request–reply to another subgraph. No answer within 3 s is UNAVAILABLE. */
@Injectable()
export class RequestClient implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(RequestClient.name)
  readonly #client: ClientKafka
  readonly #wakeup = new Wakeup()
  #connected = false
  #connecting: Promise<void> = Promise.resolve()

  constructor(@Inject(REQUEST_CLIENT_OPTIONS) private readonly options: RequestClientOptions) {
    this.#client = new ClientKafka({
      client: kafkaConfig(options.env.KAFKA_BROKERS, options.clientId, 'short'),
      // Every instance reads replies in its own group: a reply is for the instance that sent the request.
      consumer: { groupId: `${options.clientId}-${randomUUID()}`, allowAutoTopicCreation: false },
      producer: { allowAutoTopicCreation: false },
      subscribe: { fromBeginning: false },
    })
    for (const topic of options.topics) this.#client.subscribeToResponseOf(this.#nameOf(topic))
  }

  onApplicationBootstrap(): void {
    if (this.options.topics.length === 0) return
    this.#connecting = this.#wakeup.loop(reconnectMs, async () => {
      try {
        await this.#client.connect()
        this.#connected = true
        this.#wakeup.stop()
      } catch (error) {
        this.#logger.warn({ err: error }, 'Kafka does not answer; requests to neighbours fail until it does')
        await this.#client.close().catch(() => undefined)
      }
    })
  }

  async request<T extends RequestTopic>(topic: T, key: string, request: RequestOf<T>): Promise<ReplyOf<T>> {
    if (!this.#connected) throw unavailable(new Error('Kafka is not connected'))
    let reply: unknown
    try {
      reply = await firstValueFrom(
        this.#client
          .send<unknown>(this.#nameOf(topic), { key, value: JSON.stringify(request) })
          .pipe(timeout(patienceMs)),
      )
    } catch (error) {
      if (error instanceof DomainError) throw error
      throw unavailable(error)
    }
    // The transport delivers null as an undefined or empty reply.
    return requests[topic].reply.parse(reply === '' || reply === undefined ? null : reply) as ReplyOf<T>
  }

  async onApplicationShutdown(): Promise<void> {
    this.#wakeup.stop()
    // kafkajs can only leave a group that it has joined: a client that is closed meanwhile would stay connected.
    await this.#connecting
    if (this.#connected) await this.#client.close()
  }

  /** On the broker. */
  #nameOf(topic: RequestTopic): string {
    return `${this.options.env.KAFKA_TOPIC_PREFIX}${topic}`
  }
}
