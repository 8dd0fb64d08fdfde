import { Logger } from '@nestjs/common'
import type { FastifyInstance } from 'fastify'
import { withRequestContext } from './request-context'

const logger = new Logger('Http')

/**
 * Gives every HTTP request its id, in the answer's `x-request-id` and in every log line on the way, and one line when it has
 * been answered. The query string stays out of the log: people's words may be in it.
 */
export function followRequests(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    withRequestContext({ requestId: request.id }, done)
  })
  // Reading a body leaves the async context of onRequest behind: entered again for what handles the request.
  http.addHook('preValidation', (request, _reply, done) => withRequestContext({ requestId: request.id }, done))
  http.addHook('onResponse', (request, reply, done) => {
    const [path = ''] = request.url.split('?')
    if (!path.startsWith('/health/')) {
      withRequestContext({ requestId: request.id }, () =>
        logger.log(
          { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
          'Answered',
        ),
      )
    }
    done()
  })
}
