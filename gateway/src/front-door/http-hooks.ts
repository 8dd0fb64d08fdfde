import { DomainError } from '@parley/kernel/errors'
import { followRequests } from '@parley/platform/logging/follow-requests'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from '../errors/refuse'
import { limits } from '../limits'
import type { PublicOrigins } from '../identity/public-origins'
import { sendAwayPage } from './away-page'

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), payment=(), usb=()',
} as const

/** Runs first for every HTTP request: its id, the security headers, and for the API the check of its origin. */
export function addHttpHooks(fastify: FastifyInstance, origins: PublicOrigins): void {
  followRequests(fastify)
  fastify.addHook('onRequest', (_request, reply, done) => {
    // Not for all connections of the server: a WebSocket would have a timer, set anew by every write.
    reply.raw.setTimeout(limits.silenceMs)
    reply.headers(securityHeaders)
    done()
  })
  refuseWhileClosing(fastify)
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isGraphQL(request) || origins.allow(request.headers.origin)) {
      done()
      return
    }
    refuse(reply, 403, new DomainError('auth', 'FORBIDDEN', 'Requests from this origin are not accepted.'))
  })
}

/** While sockets are drained, requests still arrive on open connections. */
function refuseWhileClosing(fastify: FastifyInstance): void {
  let isClosing = false
  fastify.addHook('preClose', (done) => {
    isClosing = true
    done()
  })
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isClosing) {
      done()
      return
    }
    if (isPage(request)) {
      sendAwayPage(reply)
      return
    }
    void reply.header('retry-after', '1')
    refuse(reply, 503, new DomainError('temporary', 'UNAVAILABLE', 'Parley is being restarted. Try again in a moment.'))
  })
}

/** By the matched route, not by the URL, which can be spelled in many ways. */
const isGraphQL = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url === '/graphql' || url === '/graphql/stream'

const isPage = (request: FastifyRequest): boolean =>
  !isGraphQL(request) && request.headers.accept?.includes('text/html') === true
