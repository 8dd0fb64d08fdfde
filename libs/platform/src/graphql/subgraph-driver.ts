import { Injectable } from '@nestjs/common'
import { type ApolloDriverConfig, ApolloFederationDriver } from '@nestjs/apollo'
import { ModulesContainer } from '@nestjs/core'
import { GraphQLFederationFactory } from '@nestjs/graphql'
import type { GraphQLSchema } from 'graphql'
import { isolatedOperations } from './isolated-operations'
import { describedSubgraphSchema } from './root-types'

/** The options that Nest has built when a driver starts. */
interface BuiltOptions extends ApolloDriverConfig {
  readonly schema: GraphQLSchema
  readonly context: Parameters<typeof isolatedOperations>[1]
}

@Injectable()
export class SubgraphDriver extends ApolloFederationDriver {
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
    const { schema, context } = options as BuiltOptions
    const sockets = { ...(options.subscriptions?.['graphql-ws'] as object), ...isolatedOperations(schema, context) }
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
