import type { ApolloDriverConfig } from '@nestjs/apollo'
import type { DynamicModule } from '@nestjs/common'
import { GraphQLModule } from '@nestjs/graphql'
import type { FastifyRequest } from 'fastify'
import type { FormattedExecutionResult, GraphQLError } from 'graphql'
import { DateTimeResolver } from 'graphql-scalars'
import type { SubscribePayload } from 'graphql-ws'
import { AccessTokens } from '../auth/access-tokens'
import type { GraphQLContext } from '../auth/viewer'
import { toGraphQLError } from './errors'
import { SubgraphDriver } from './subgraph-driver'

export interface SubgraphGraphQLOptions {
  /** Classes that are reached only through an interface or a union. */
  readonly orphanedTypes?: readonly Function[]
  readonly production: boolean
}

/**
 * A Federation 2 subgraph at /graphql: HTTP for queries and mutations, graphql-transport-ws for subscriptions. The identity of
 * a subscription travels in its own subscribe payload (`extensions.authorization`), because the gateway shares one socket
 * between all users.
 */
export function subgraphGraphQLModule(options: SubgraphGraphQLOptions): DynamicModule {
  return GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: SubgraphDriver,
    inject: [AccessTokens],
    useFactory: (tokens: AccessTokens): Omit<ApolloDriverConfig, 'driver'> => ({
      path: '/graphql',
      autoSchemaFile: { federation: 2 },
      sortSchema: true,
      buildSchemaOptions: { orphanedTypes: [...(options.orphanedTypes ?? [])] },
      resolvers: { DateTime: DateTimeResolver },
      graphiql: false,
      introspection: true,
      includeStacktraceInErrorResponses: false,
      // Browsers do not reach a subgraph; the gateway and Rover send application/json, which the check lets pass.
      csrfPrevention: true,
      autoTransformHttpErrors: false,
      formatError: toGraphQLError,
      // Called with the request over HTTP, with (socket, id, payload) over WebSocket.
      context: (request: FastifyRequest, _id?: string, payload?: SubscribePayload): Promise<GraphQLContext> =>
        tokens.contextFor(payload === undefined ? request.headers.authorization : authorizationIn(payload)),
      subscriptions: {
        'graphql-ws': {
          path: '/graphql',
          onNext: (_socket: unknown, _id: string, _payload: unknown, _args: unknown, result: { errors?: readonly GraphQLError[] }) =>
            result.errors === undefined ? undefined : ({ ...result, errors: result.errors.map(shaped) } as FormattedExecutionResult),
        },
      },
    }),
  })
}

const authorizationIn = ({ extensions }: SubscribePayload): string | undefined =>
  typeof extensions?.['authorization'] === 'string' ? extensions['authorization'] : undefined

const shaped = (error: GraphQLError) => toGraphQLError(error.toJSON(), error)
