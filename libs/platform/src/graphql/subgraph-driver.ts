import type { Server as HttpServer } from 'node:http'
import { Injectable } from '@nestjs/common'
import { type ApolloDriverConfig, ApolloFederationDriver } from '@nestjs/apollo'
import { ModulesContainer } from '@nestjs/core'
import { GraphQLFederationFactory } from '@nestjs/graphql'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import { isolatedOperations } from './isolated-operations'
import { KnownDocuments } from './known-documents'
import { describedSubgraphSchema } from './root-types'
import { ShortExecutor, takeShortWay } from './short-way'
import { SubgraphSockets } from './subgraph-sockets'

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
  #sockets: SubgraphSockets | undefined

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
    const executor = new ShortExecutor(schema, documents)
    const onAnswer = () => (this.shortAnswers += 1)
    const { httpAdapter } = this.httpAdapterHost
    takeShortWay(httpAdapter.getInstance<FastifyInstance>(), { path, executor, contextOf: context, onAnswer })
    const { subscriptions, ...withoutSockets } = options
    await super.start(withoutSockets)
    this.#sockets = new SubgraphSockets(
      { ...(subscriptions?.['graphql-ws'] as object), schema, ...isolatedOperations(schema, documents, context) },
      { executor, contextOf: (socket, id, payload) => context(socket, id, payload, undefined), onAnswer },
    )
    this.#sockets.attach(httpAdapter.getHttpServer() as HttpServer, path)
  }

  /** Sockets keep the server from closing. */
  override async stop(): Promise<void> {
    await this.#sockets?.stop()
    await super.stop()
  }
}
