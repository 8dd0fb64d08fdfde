import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { testConsumer } from '@parley/platform/kafka/testing/test-kafka'
import { testMongo } from '@parley/platform/mongo/testing/test-mongo'
import { notificationEnv } from '../env'
import { documents } from '../infrastructure/mongo-notifications'
import { NotificationModule } from '../notification.module'
import { testTokens } from './test-tokens'

export interface Answer {
  readonly status: number
  readonly body: { data?: Record<string, unknown> | null; errors?: { message: string; extensions: { code: string } }[] }
}

/** The whole subgraph on real engines: a database and a consumer group of its own. */
export async function testService() {
  const [mongo, tokens] = await Promise.all([testMongo('notification', documents), testTokens()])
  const env = notificationEnv.parse({
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    JWKS_URL: tokens.jwksUrl,
    KAFKA_BROKERS: process.env['PARLEY_KAFKA_BROKERS'],
    REDIS_NODES: process.env['PARLEY_REDIS_NODES'],
    MONGO_URL: mongo.url,
    MONGO_DATABASE: mongo.database,
  })
  const module = await Test.createTestingModule({ imports: [NotificationModule.forRoot(env)] }).compile()
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false })
  app.connectMicroservice<MicroserviceOptions>(testConsumer(`test-${randomUUID()}`, false))
  await app.startAllMicroservices()
  await app.listen(0, '127.0.0.1')
  const { port } = app.getHttpServer().address() as AddressInfo

  async function post(query: string, token?: string): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query }),
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }

  let closing: Promise<unknown> | undefined
  const close = (): Promise<unknown> =>
    (closing ??= app.close().then(() => Promise.all([mongo.drop(), tokens.close()])))

  return { app, port, tokens, post, close }
}

export type TestService = Awaited<ReturnType<typeof testService>>
