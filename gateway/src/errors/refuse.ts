import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { withRequestContext } from '@parley/platform/logging/request-context'
import type { FastifyReply } from 'fastify'
import { shapeGraphQLError } from './shape-error'

/** An answer of the API for which no operation was run, in the shape that the answers of operations have. */
export function refuse(reply: FastifyReply, status: number, error: unknown): void {
  const requestId = reply.request.id
  const shaped = withRequestContext({ requestId }, () => shapeGraphQLError(asGraphQLError(error)))
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [shaped] })
}
