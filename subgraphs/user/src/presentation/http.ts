import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { GqlExecutionContext } from '@nestjs/graphql'
import { DomainError } from '@parley/kernel/errors'
import type { GraphQLContext, HttpExchange } from '@parley/platform/auth/viewer'

/** Injects the HTTP request and reply of the operation: sessions live in cookies. */
export const Http = createParamDecorator((_: unknown, host: ExecutionContext): HttpExchange => {
  const { http } = GqlExecutionContext.create(host).getContext<GraphQLContext>()
  if (http === null) throw new DomainError('input', 'INVALID_INPUT', 'Send this over HTTP: it reads or sets cookies.')
  return http
})
