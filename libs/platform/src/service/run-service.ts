import 'reflect-metadata'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type DynamicModule, Logger, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Logger as PinoLogger } from 'nestjs-pino'
import type { KafkaEnv, ServiceEnv } from '../env/service-env'
import { PatientKafkaServer } from '../kafka/patient-kafka-server'
import { followRequests } from '../logging/follow-requests'
import { acceptedRequestId } from '../logging/request-context'
import { outliveOutages } from './outlive-outages'
import { stopOnSignal } from './stop-on-signal'

export interface ServiceOptions {
  /** The service's name in logs and its consumer group on Kafka. */
  readonly name: string
  readonly module: Type | DynamicModule
  readonly env: ServiceEnv & KafkaEnv
}

const bodyLimit = 256 * 1024

/**
 * Starts a subgraph: HTTP (GraphQL, health) at once, Kafka as soon as it answers. SIGTERM and SIGINT drain: sockets are
 * closed, pending requests and Kafka records are finished, then engines are disconnected; after 10 s the process exits
 * anyway.
 */
export async function runService({ name, module, env }: ServiceOptions): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    module,
    new FastifyAdapter({
      bodyLimit,
      genReqId: (request: Pick<IncomingMessage, 'headers'>) =>
        acceptedRequestId(request.headers['x-request-id']) ?? randomUUID(),
    }),
    { bufferLogs: true },
  )
  app.useLogger(app.get(PinoLogger))
  followRequests(app.getHttpAdapter().getInstance(), 'debug')
  app.connectMicroservice<MicroserviceOptions>({ strategy: new PatientKafkaServer(env, `parley-${name}`) })
  outliveOutages()
  stopOnSignal(app)
  await app.listen(env.PORT, env.HOST)
  app
    .startAllMicroservices()
    .catch((error: unknown) => new Logger('Kafka').error({ err: error }, 'The consumers did not start'))
  return app
}
