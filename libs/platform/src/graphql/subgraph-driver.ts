import { Injectable } from '@nestjs/common'
import { type ApolloDriverConfig, ApolloFederationDriver } from '@nestjs/apollo'
import { ModulesContainer } from '@nestjs/core'
import { GraphQLFederationFactory } from '@nestjs/graphql'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import { isolatedOperations } from './isolated-operations'
import { KnownDocuments } from './known-documents'
import { describedSubgraphSchema } from './root-types'
import { takeShortWay } from './short-way'

/** The options that Nest has built when a driver starts. */
interface BuiltOptions extends ApolloDriverConfig {
  readonly schema: GraphQLSchema
  /** For a socket and for a request. */
  readonly context: Parameters<typeof isolatedOperations>[2] &
    ((request: FastifyRequest, reply: FastifyReply) => Promise<object>)
}

@Injectable()
export class SubgraphDriver extends ApolloFederationDriver {
  /** How many requests were answered without Apollo Server. */
  shortAnswers = 0

  constructor(
    private readonly factory: GraphQLFederationFactory,
    modules: ModulesContainer,
  ) {
    super(factory, modules)
  }

  override generateSchema(options: ApolloDriverConfig): Promise<GraphQLSchema> {
    return this.factory.generateSchema(options, describedSubgraphSchema)
  }

  override async start(options: ApolloDriverConfig): Promise<void> {
    const { schema, context, path = '/graphql', introspection = false } = options as BuiltOptions
    const documents = new KnownDocuments(schema, { introspection })
    const isolated = isolatedOperations(schema, documents, context)
    const sockets = { ...(options.subscriptions?.['graphql-ws'] as object), ...isolated }
    const http = this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>()
    takeShortWay(http, { path, schema, documents, contextOf: context, onAnswer: () => (this.shortAnswers += 1) })
    await super.start({ ...options, subscriptions: { 'graphql-ws': sockets } })
  }

  /**
   * @nestjs/apollo 14.0.3 never stops its WebSocket server, so closing the app would wait for every client to
   * disconnect.
   */
  override async stop(): Promise<void> {
    const { _subscriptionService: sockets } = this as unknown as { _subscriptionService?: { stop(): Promise<void> } }
    await sockets?.stop()
    await super.stop()
  }
}
