import { fastifyHttpProxy } from '@fastify/http-proxy'
import type { FastifyInstance } from 'fastify'

const awayPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="3">
<title>One moment</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; display: grid; place-content: center; min-height: 100vh; margin: 0; text-align: center; color-scheme: light dark }
</style>
<main>
  <h1>One moment</h1>
  <p>The app is starting or being updated. This page tries again by itself.</p>
</main>
</html>
`

/** Every path that is not the gateway's own belongs to the web client; one origin serves both. */
export async function registerWebProxy(fastify: FastifyInstance, webUrl: string): Promise<void> {
  await fastify.register(async (scope) => {
    // Bodies go through as they come: the parsers of the API must not touch them.
    scope.removeAllContentTypeParsers()
    await scope.register(fastifyHttpProxy, {
      upstream: webUrl,
      http2: false,
      undici: { connections: 64, headersTimeout: 30_000, bodyTimeout: 0 },
      replyOptions: {
        rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-request-id': request.id }),
        onError: (reply) => {
          const status = reply.request.method === 'GET' ? 503 : 502
          void reply.code(status).header('retry-after', '3').type('text/html; charset=utf-8').send(awayPage)
        },
      },
    })
  })
}
