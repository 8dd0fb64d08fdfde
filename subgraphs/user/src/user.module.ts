import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { AuthModule } from '@parley/platform/auth/auth.module'
import { subgraphGraphQLModule } from '@parley/platform/graphql/subgraph-graphql.module'
import { HealthModule } from '@parley/platform/health/health.module'
import { KafkaModule } from '@parley/platform/kafka/kafka.module'
import { loggingModule } from '@parley/platform/logging/logging.module'
import { SQL, type Sql } from '@parley/platform/postgres/database'
import { OutboxRelay } from '@parley/platform/postgres/outbox-relay'
import { PostgresModule } from '@parley/platform/postgres/postgres.module'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { AccessTokenIssuer } from './application/access-token-issuer'
import { Accounts } from './application/accounts'
import { KnownDevices } from './application/known-devices'
import { Passwords } from './application/passwords'
import { People } from './application/people'
import { PublishedKeys } from './application/published-keys'
import { RateLimits } from './application/rate-limits'
import { RefreshTokens } from './application/refresh-tokens'
import { SessionGrants } from './application/session-grants'
import { Sessions } from './application/sessions'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { USER_ENV, type UserEnv } from './env'
import { Argon2Passwords } from './infrastructure/argon2-passwords'
import { JwtIssuer } from './infrastructure/jwt-issuer'
import { PostgresAccounts } from './infrastructure/postgres-accounts'
import { PostgresPeople } from './infrastructure/postgres-people'
import { PostgresSessions } from './infrastructure/postgres-sessions'
import { RedisRateLimits } from './infrastructure/redis-rate-limits'
import { SigningKeys } from './infrastructure/signing-keys'
import { JwksController } from './presentation/jwks.controller'
import { RevokedSessionsController } from './presentation/revoked-sessions.controller'
import { directives, orphanedTypes, resolvers } from './presentation/resolvers'
import { SessionCookies } from './presentation/session-cookies'
import { UserLoaders } from './presentation/user-loaders'
import { UserRequestsController } from './presentation/user-requests.controller'

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [JwksController, RevokedSessionsController, UserRequestsController],
  providers: [
    ...resolvers,
    ...commandHandlers,
    ...queryHandlers,
    SessionCookies,
    UserLoaders,
    SessionGrants,
    {
      provide: KnownDevices,
      inject: [USER_ENV],
      useFactory: (env: UserEnv) => new KnownDevices(env.SIGNING_KEY_SECRET),
    },
    {
      provide: RefreshTokens,
      inject: [USER_ENV],
      useFactory: (env: UserEnv) => new RefreshTokens(env.SIGNING_KEY_SECRET),
    },
    { provide: Accounts, useClass: PostgresAccounts },
    { provide: People, useClass: PostgresPeople },
    { provide: Sessions, useClass: PostgresSessions },
    { provide: Passwords, useClass: Argon2Passwords },
    { provide: AccessTokenIssuer, useClass: JwtIssuer },
    { provide: RateLimits, useClass: RedisRateLimits },
    { provide: PublishedKeys, useExisting: SigningKeys },
    OutboxRelay,
  ],
})
export class UserModule {
  static forRoot(env: UserEnv): DynamicModule {
    return {
      module: UserModule,
      imports: [
        loggingModule('user', env),
        AuthModule.forRoot(env),
        PostgresModule.forRoot(env),
        RedisModule.forRoot(env),
        KafkaModule.forRoot('user', env),
        signingKeysModule(env),
        HealthModule.forRoot({
          inject: [SQL, SigningKeys],
          checks: (sql: Sql, keys: SigningKeys) => [
            { name: 'postgres', check: () => sql`select 1` },
            { name: 'signing-keys', check: () => keys.signer(new Date()) },
          ],
        }),
        subgraphGraphQLModule({ production: env.NODE_ENV === 'production', orphanedTypes, directives }),
      ],
    }
  }
}

/** A module of its own, because readiness needs the keys too. */
function signingKeysModule(env: UserEnv): DynamicModule {
  @Module({})
  class SigningKeysModule {}
  return {
    module: SigningKeysModule,
    global: true,
    providers: [{ provide: USER_ENV, useValue: env }, SigningKeys],
    exports: [USER_ENV, SigningKeys],
  }
}
