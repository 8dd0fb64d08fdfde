import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { DynamicModule } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { acceptedRequestId } from '@parley/platform/logging/request-context'
import { Logger } from 'nestjs-pino'
import type { GatewayEnv } from './env'
import { addApiRoutes } from './front-door/api-routes'
import { trustOf } from './front-door/client-address'
import { answerClientError } from './front-door/client-errors'
import { addCompression } from './front-door/compression'
import { addExplorer } from './front-door/explorer'
import { addHttpHooks } from './front-door/http-hooks'
import { addShortWay, ShortWay } from './front-door/short-way'
import { addTurnstile } from './front-door/turnstile'
import { registerWebProxy } from './front-door/web-proxy'
import { GatewayModule } from './gateway.module'
import { Identity } from './identity/identity'
import { PublicOrigins } from './identity/public-origins'
import { limits } from './limits'
import { RateLimits } from './rate-limits'
import { EventStreams } from './subscriptions/event-streams'
import { SocketServer } from './subscriptions/socket-server'

/**
 * The whole gateway, not listening yet. `close()` drains: sockets are closed with "reconnect", pending requests are
 * answered.
 */
export async function createGateway(env: GatewayEnv, redis?: DynamicModule): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.requestMs, connectionsCheckingInterval: 1_000 },
    clientErrorHandler: answerClientError,
    trustProxy: trustOf(env.TRUSTED_PROXIES),
    // The gateway refuses in GraphQL's shape instead.
    return503OnClosing: false,
    genReqId: (request: Pick<IncomingMessage, 'headers'>) =>
      acceptedRequestId(request.headers['x-request-id']) ?? randomUUID(),
  })
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.forRoot(env, redis), adapter, {
    bufferLogs: true,
  })
  app.useLogger(app.get(Logger))
  const fastify = adapter.getInstance()
  addHttpHooks(fastify, app.get(PublicOrigins))
  addTurnstile(fastify, app.get(Identity), app.get(RateLimits))
  await addCompression(fastify)
  // Open sockets and streams keep the server from closing, so they are drained before it stops listening.
  fastify.addHook('preClose', async () => {
    await Promise.all([app.get(SocketServer).drain(), app.get(EventStreams).drain()])
  })
  addExplorer(fastify, env.EXPLORER)
  app.get(EventStreams).addTo(fastify)
  addShortWay(fastify, app.get(ShortWay))
  addApiRoutes(fastify)
  await registerWebProxy(fastify, env.WEB_URL)
  return app
}
