import { asGraphQLError } from '@parley/platform/graphql/graphql-error'
import { withRequestContext } from '@parley/platform/logging/request-context'
import type { FastifyReply } from 'fastify'
import { shapeGraphQLError } from './shape-error'

/** Answers an API request for which no operation was executed, in the shape of an operation's response. */
export function refuse(reply: FastifyReply, status: number, error: unknown): void {
  const requestId = reply.request.id
  const shaped = withRequestContext({ requestId }, () => shapeGraphQLError(asGraphQLError(error)))
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [shaped] })
}
