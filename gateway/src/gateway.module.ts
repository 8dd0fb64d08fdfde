import { type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { GraphQLModule } from '@nestjs/graphql'
import { AuthModule } from '@parley/platform/auth/auth.module'
import { HealthModule } from '@parley/platform/health/health.module'
import { loggingModule } from '@parley/platform/logging/logging.module'
import { RedisModule } from '@parley/platform/redis/redis.module'
import type { FastifyRequest } from 'fastify'
import { GATEWAY_ENV, type GatewayEnv } from './env'
import { HttpErrorFilter } from './errors/http-error.filter'
import { shapeError } from './errors/shape-error'
import { explorerPlugins } from './front-door/explorer'
import { requestPlugin } from './front-door/request-plugin'
import { ShortWay } from './front-door/short-way'
import { contextOf } from './front-door/turnstile'
import { Identity } from './identity/identity'
import { PublicOrigins } from './identity/public-origins'
import { RateLimits } from './rate-limits'
import { Subgraphs } from './subgraphs/subgraphs'
import { EventStreams } from './subscriptions/event-streams'
import { FederatedSubscriptions } from './subscriptions/federated-subscriptions'
import { Places } from './subscriptions/places'
import { SharedSubscriptions } from './subscriptions/shared-subscriptions'
import { SocketServer } from './subscriptions/socket-server'
import { SubscriptionProtocol } from './subscriptions/subscription-protocol'
import { Upstreams } from './subscriptions/upstreams'
import { EpochDriver, type EpochDriverConfig } from './supergraph/epoch-driver'
import { EpochGateway } from './supergraph/epoch-gateway'
import { SupergraphSource } from './supergraph/supergraph-source'

/** Providers that the HTTP half and the socket half of the gateway share. */
@Module({})
class SupergraphModule {
  static forRoot(env: GatewayEnv): DynamicModule {
    const shared = [SupergraphSource, Subgraphs, Identity, PublicOrigins, RateLimits]
    return {
      module: SupergraphModule,
      global: true,
      imports: [AuthModule.forRoot(env)],
      providers: [{ provide: GATEWAY_ENV, useValue: env }, ...shared],
      exports: [GATEWAY_ENV, ...shared],
    }
  }
}

@Module({})
export class GatewayModule {
  /** Without Redis (most tests), the list of revoked sessions is still read but changes are not subscribed to. */
  static forRoot(env: GatewayEnv, redis: DynamicModule = RedisModule.forRoot(env)): DynamicModule {
    return {
      module: GatewayModule,
      imports: [
        loggingModule('gateway', env, env.GATEWAY_WORKER === undefined ? {} : { worker: env.GATEWAY_WORKER }),
        redis,
        SupergraphModule.forRoot(env),
        graphQLModule(),
        HealthModule.forRoot({
          inject: [SupergraphSource],
          checks: (supergraph: SupergraphSource) => [{ name: 'supergraph', check: async () => supergraph.epoch }],
        }),
      ],
      providers: [
        { provide: APP_FILTER, useClass: HttpErrorFilter },
        ShortWay,
        Upstreams,
        FederatedSubscriptions,
        Places,
        SharedSubscriptions,
        SubscriptionProtocol,
        SocketServer,
        EventStreams,
      ],
    }
  }
}

function graphQLModule(): DynamicModule {
  return GraphQLModule.forRootAsync<EpochDriverConfig>({
    driver: EpochDriver,
    inject: [GATEWAY_ENV, SupergraphSource, Subgraphs, RateLimits],
    useFactory: async (
      env: GatewayEnv,
      supergraph: SupergraphSource,
      subgraphs: Subgraphs,
      rates: RateLimits,
    ): Promise<Omit<EpochDriverConfig, 'driver'>> => ({
      gateway: new EpochGateway(supergraph, subgraphs),
      server: {
        path: '/graphql',
        context: (request: FastifyRequest) => Promise.resolve(contextOf(request)),
        formatError: shapeError,
        autoTransformHttpErrors: false,
        includeStacktraceInErrorResponses: false,
        csrfPrevention: true,
        persistedQueries: false,
        documentStore: null,
        introspection: env.EXPLORER !== 'off',
        graphiql: false,
        plugins: [requestPlugin(supergraph, rates), ...(await explorerPlugins(env.EXPLORER))],
      },
    }),
  })
}
