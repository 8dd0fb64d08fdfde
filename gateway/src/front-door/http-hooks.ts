import { DomainError } from '@parley/kernel/errors'
import { followRequests } from '@parley/platform/logging/follow-requests'
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
  followRequests(fastify)
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(securityHeaders)
    done()
  })
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isGraphQL(request) || origins.allow(request.headers.origin)) {
      done()
      return
    }
    const error = asGraphQLError(new DomainError('FORBIDDEN', 'Requests from this origin are not accepted.'))
    void reply.code(403).send({ errors: [shapeGraphQLError(error)] })
  })
}

/** By the route that was found and not by the address, of which there are many spellings. */
const isGraphQL = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === '/graphql'
