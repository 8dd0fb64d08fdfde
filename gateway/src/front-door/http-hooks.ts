import { DomainError } from '@parley/kernel/errors'
import { withRequestContext } from '@parley/platform/logging/request-context'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { asGraphQLError, shapeGraphQLError } from '../errors/shape-error'
import type { PublicOrigins } from '../identity/public-origins'

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), payment=(), usb=()',
} as const

/** What every HTTP request meets first: its id, the security headers, and for the API the check of where it comes from. */
export function addHttpHooks(fastify: FastifyInstance, origins: PublicOrigins): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).headers(securityHeaders)
    withRequestContext({ requestId: request.id }, done)
  })
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isGraphQL(request) || origins.allow(request.headers.origin)) {
      done()
      return
    }
    const error = asGraphQLError(new DomainError('FORBIDDEN', 'Requests from this origin are not accepted.'))
    void reply.code(403).send({ errors: [shapeGraphQLError(error)] })
  })
  // Reading a body leaves the async context of onRequest behind: entered again for what handles the request.
  fastify.addHook('preValidation', (request, _reply, done) => withRequestContext({ requestId: request.id }, done))
}

const isGraphQL = ({ url }: FastifyRequest): boolean => url === '/graphql' || url.startsWith('/graphql?')
