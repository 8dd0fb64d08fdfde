import { createParamDecorator, type ExecutionContext } from '@nestjs/common'
import { GqlExecutionContext } from '@nestjs/graphql'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The signed-in user, as proven by a verified access token. */
export interface Viewer {
  readonly userId: UserId
  readonly sessionId: string
}

/** The content of a valid access token, or none. */
export interface Identity {
  readonly viewer: Viewer | null
  /** When the token expires, in seconds since the epoch; a stream ends with it. */
  readonly expiresAt: number | null
}

export interface HttpExchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The context of every GraphQL operation in a subgraph, over HTTP and over WebSocket alike. */
export interface GraphQLContext extends Identity {
  /** For the few fields that read or set cookies; null over WebSocket, where there is no response to set them on. */
  readonly http: HttpExchange | null
}

const contextOf = (host: ExecutionContext): GraphQLContext =>
  GqlExecutionContext.create(host).getContext<GraphQLContext>()

/** Injects the viewer; the operation fails with UNAUTHENTICATED for an anonymous caller. */
export const SignedIn = createParamDecorator((_: unknown, host: ExecutionContext): Viewer => {
  const { viewer } = contextOf(host)
  if (viewer === null) throw new DomainError('auth', 'UNAUTHENTICATED', 'Sign in to do this.')
  return viewer
})

/** Injects the viewer, or null for an anonymous caller. */
export const MaybeSignedIn = createParamDecorator(
  (_: unknown, host: ExecutionContext): Viewer | null => contextOf(host).viewer,
)
