import { fastifyHttpProxy } from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'
import { sendAwayPage } from './away-page'

/** Every path that is not the gateway's own is proxied to the web client; one origin serves both. */
export async function registerWebProxy(fastify: FastifyInstance, webUrl: string): Promise<void> {
  await fastify.register(async (scope) => {
    // Bodies are streamed unchanged: the API's body parsers must not consume them.
    scope.removeAllContentTypeParsers()
    await scope.register(fastifyHttpProxy, {
      upstream: webUrl,
      http2: false,
      undici: { connections: 64, headersTimeout: 30_000, bodyTimeout: 0 },
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-request-id': request.id }),
        onError: (reply) => sendAwayPage(reply),
      },
    })
  })
}
