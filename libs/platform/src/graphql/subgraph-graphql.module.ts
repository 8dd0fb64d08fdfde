import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace'
import type { ApolloDriverConfig } from '@nestjs/apollo'
import type { DynamicModule, Type } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { GraphQLModule } from '@nestjs/graphql'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ExecutionResult } from 'graphql'
import type { OperationResult, ServerOptions, SubscribePayload } from 'graphql-ws'
import { AccessTokens } from '../auth/access-tokens'
import { RevocableStream } from '../auth/revocable-stream'
import { RevokedSessions } from '../auth/revoked-sessions'
import type { GraphQLContext } from '../auth/viewer'
import { toGraphQLError } from './errors'
import { Refusals } from './refusals'
import { SubgraphDriver } from './subgraph-driver'

export interface SubgraphGraphQLOptions {
  /** Classes that are reached only through an interface or a union. */
  readonly orphanedTypes?: readonly Type[]
  /** The federation directives that the schema uses, by their names with `@`; composition refuses an unused one. */
  readonly directives: readonly string[]
  readonly production: boolean
  /** Timings of resolvers for a router that asks for them by header (ftv1); they name fields and errors. */
  readonly inlineTraces?: boolean
}

/** Imported one by one: Nest's own list has some that a JavaScript gateway cannot enforce. */
const federation = 'https://specs.apollo.dev/federation/v2.14'

/**
 * A Federation 2 subgraph at /graphql: HTTP for queries and mutations, graphql-transport-ws for those and subscriptions. The
 * identity of an operation over the socket travels in its own subscribe payload (`extensions.authorization`), because the
 * gateway shares one socket between all users.
 */
export function subgraphGraphQLModule(options: SubgraphGraphQLOptions): DynamicModule {
  const module = GraphQLModule.forRootAsync<ApolloDriverConfig>({
    driver: SubgraphDriver,
    inject: [AccessTokens, RevokedSessions],
    useFactory: (tokens: AccessTokens, revoked: RevokedSessions): Omit<ApolloDriverConfig, 'driver'> => ({
      path: '/graphql',
      autoSchemaFile: { federation: { version: 2, importUrl: federation, directives: [...options.directives] } },
      sortSchema: true,
      buildSchemaOptions: { orphanedTypes: [...(options.orphanedTypes ?? [])] },
      graphiql: false,
      fieldResolverEnhancers: ['filters'],
      // Rover and the composition read `_service { sdl }`, which is a normal field.
      introspection: !options.production,
      // The package's ESM and CommonJS types differ only in a private field.
      plugins: [traces(options.inlineTraces ?? false) as unknown as ApolloPlugin],
      includeStacktraceInErrorResponses: false,
      // Browsers do not reach a subgraph; the gateway and Rover send application/json, which passes the check.
      csrfPrevention: true,
      autoTransformHttpErrors: false,
      formatError: toGraphQLError,
      context: async (...args: HttpArguments | SocketArguments): Promise<GraphQLContext> => {
        if (args.length !== 2) return { ...(await tokens.contextFor(authorizationIn(args[2]))), http: null }
        const [request, reply] = args
        return { ...(await tokens.contextFor(request.headers.authorization)), http: { request, reply } }
      },
      subscriptions: { 'graphql-ws': socketOptions(revoked) },
    }),
  })
  return { ...module, providers: [...(module.providers ?? []), { provide: APP_FILTER, useClass: Refusals }] }
}

type SocketHooks = Required<Pick<ServerOptions<Record<string, unknown>>, 'onOperation'>>

/**
 * SubgraphDriver adds the isolation of operations. Nest passes all hooks to graphql-ws, though its type lists fewer.
 */
const socketOptions = (revoked: RevokedSessions): SocketHooks & { path: string } => ({
  path: '/graphql',
  onOperation: (_socket, _id, _payload, { contextValue }, result) => {
    const { viewer } = contextValue as GraphQLContext
    return viewer !== null && isStream(result) ? new RevocableStream(result, viewer.sessionId, revoked) : undefined
  },
})

/** The arguments of the context function: Apollo's Fastify handler calls it with the one, graphql-ws with the other. */
type HttpArguments = [request: FastifyRequest, reply: FastifyReply]
type SocketArguments = [socket: unknown, id: string, payload: SubscribePayload, execution: unknown]

const authorizationIn = ({ extensions }: SubscribePayload): string | undefined =>
  typeof extensions?.['authorization'] === 'string' ? extensions['authorization'] : undefined

const isStream = (result: OperationResult): result is AsyncGenerator<ExecutionResult> =>
  Symbol.asyncIterator in Object(result)

const traces = (areInline: boolean) =>
  areInline ? ApolloServerPluginInlineTrace() : ApolloServerPluginInlineTraceDisabled()

type ApolloPlugin = NonNullable<ApolloDriverConfig['plugins']>[number]
