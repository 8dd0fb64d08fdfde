import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { ConversationOwner } from '@parley/memberships/conversation-owner'
import type { Membership } from '@parley/memberships/membership'
import { membershipDocuments } from '@parley/memberships/membership-documents'
import { testMongo } from '@parley/memberships/testing/test-mongo'
import { testConsumer } from '@parley/platform/kafka/testing/test-kafka'
import { type Client, createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { notificationEnv } from '../env'
import { documents } from '../infrastructure/documents'
import { NotificationModule } from '../notification.module'
import { testTokens } from './test-tokens'

/**
 * Nobody owns conversations here. Other tests use the same topics at the same time: their conversations are taken for empty ones,
 * so that their events do nothing.
 */
class EmptyConversations extends ConversationOwner {
  describe(conversationId: string): Promise<Membership> {
    return Promise.resolve({ conversationId, version: 1, members: [] })
  }
}

export interface Answer {
  readonly status: number
  readonly body: { data?: Record<string, unknown> | null; errors?: { message: string; extensions: { code: string } }[] }
}

/** The whole subgraph on real engines: a database and a consumer group of its own. */
export async function testService() {
  const [mongo, tokens] = await Promise.all([
    testMongo('notification', [...documents, ...membershipDocuments]),
    testTokens(),
  ])
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
  const testing = Test.createTestingModule({ imports: [NotificationModule.forRoot(env)] })
  const module = await testing.overrideProvider(ConversationOwner).useClass(EmptyConversations).compile()
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

  const openSocket = (): Client =>
    createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 })

  let closing: Promise<unknown> | undefined
  const close = (): Promise<unknown> =>
    (closing ??= app.close().then(() => Promise.all([mongo.drop(), tokens.close()])))

  return { app, port, tokens, post, openSocket, close }
}

export type TestService = Awaited<ReturnType<typeof testService>>
