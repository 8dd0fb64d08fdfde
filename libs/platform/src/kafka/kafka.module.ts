import { type DynamicModule, Module } from '@nestjs/common'
import type { RequestTopic } from '@parley/contracts/requests'
import { Kafka } from 'kafkajs'
import { EventDelivery } from './event-delivery'
import { EventProducer } from './event-producer'
import { kafkaClient } from './kafka-client'
import { REQUEST_CLIENT_OPTIONS, RequestClient } from './request-client'

@Module({})
export class KafkaModule {
  /** `asks`: the requests that this subgraph sends to others. */
  static forRoot(
    service: string,
    env: { KAFKA_BROKERS: readonly string[] },
    asks: readonly RequestTopic[] = [],
  ): DynamicModule {
    return {
      module: KafkaModule,
      global: true,
      providers: [
        { provide: Kafka, useValue: kafkaClient(env.KAFKA_BROKERS, service, 'short') },
        { provide: REQUEST_CLIENT_OPTIONS, useValue: { brokers: env.KAFKA_BROKERS, clientId: service, topics: asks } },
        EventProducer,
        EventDelivery,
        RequestClient,
      ],
      exports: [EventProducer, EventDelivery, RequestClient],
    }
  }
}
