import { type DynamicModule, Module } from '@nestjs/common'
import type { RequestTopic } from '@parley/contracts/requests'
import { Kafka } from 'kafkajs'
import type { KafkaEnv } from '../env/service-env'
import { EventDelivery } from './event-delivery'
import { EventProducer, TOPIC_PREFIX } from './event-producer'
import { kafkaClient } from './kafka-client'
import { REQUEST_CLIENT_OPTIONS, RequestClient } from './request-client'

@Module({})
export class KafkaModule {
  /** `asks`: the requests that this subgraph sends to others. */
  static forRoot(service: string, env: KafkaEnv, asks: readonly RequestTopic[] = []): DynamicModule {
    return {
      module: KafkaModule,
      global: true,
      providers: [
        { provide: Kafka, useValue: kafkaClient(env.KAFKA_BROKERS, service, 'short') },
        { provide: TOPIC_PREFIX, useValue: env.KAFKA_TOPIC_PREFIX },
        { provide: REQUEST_CLIENT_OPTIONS, useValue: { env, clientId: service, topics: asks } },
        EventProducer,
        EventDelivery,
        RequestClient,
      ],
      exports: [EventProducer, EventDelivery, RequestClient],
    }
  }
}
