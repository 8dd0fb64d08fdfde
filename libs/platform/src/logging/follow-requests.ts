import { Logger } from '@nestjs/common'
import type { FastifyInstance } from 'fastify'
import { withRequestContext } from './request-context'

const logger = new Logger('Http')

/** An answer that took longer is logged at the usual level whatever its status. */
const slowMs = 1_000

/**
 * Gives every HTTP request an id, in the response's `x-request-id` and in every log line about it, and one log line
 * when it has been answered. The query string is not logged: it may contain user data. `usual` is the level of answers
 * that are neither failed nor slow: behind the gateway, which logs each request already, `debug`.
 */
export function followRequests(http: FastifyInstance, usual: 'log' | 'debug' = 'log'): void {
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    withRequestContext({ requestId: request.id }, done)
  })
  // Reading a body loses the async context of onRequest: it is entered again for the handlers.
  http.addHook('preValidation', (request, _reply, done) => withRequestContext({ requestId: request.id }, done))
  http.addHook('onResponse', (request, reply, done) => {
    const [path = ''] = request.url.split('?')
    if (!path.startsWith('/health/')) {
      const level = reply.statusCode >= 400 || reply.elapsedTime >= slowMs ? 'log' : usual
      withRequestContext({ requestId: request.id }, () =>
        logger[level](
          { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
          'Answered',
        ),
      )
    }
    done()
  })
}
