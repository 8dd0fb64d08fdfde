import { DomainError } from '@parley/kernel/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../errors/refuse'

/** Without these, unknown API paths would be answered with a page of the web client, which has every other path. */
export function addApiRoutes(fastify: FastifyInstance): void {
  fastify.route({ url: '/graphql', method: ['PUT', 'PATCH', 'DELETE'], handler: wrongMethod })
  for (const below of ['/graphql/*', '/health/*']) fastify.all(below, nothingHere)
}

function wrongMethod(_request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('allow', 'GET, POST')
  refuse(reply, 405, new DomainError('input', 'INVALID_INPUT', 'Send operations with POST, or queries with GET.'))
}

function nothingHere(_request: FastifyRequest, reply: FastifyReply): void {
  refuse(reply, 404, new DomainError('state', 'NOT_FOUND', 'There is nothing at this address.'))
}
