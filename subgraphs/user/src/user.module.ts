import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { ConversationOwner, KafkaConversationOwner } from '@parley/memberships/conversation-owner'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { MembershipStore } from '@parley/memberships/membership-store'
import { AuthModule } from '@parley/platform/auth/auth.module'
import { subgraphGraphQLModule } from '@parley/platform/graphql/subgraph-graphql.module'
import { HealthModule } from '@parley/platform/health/health.module'
import { KafkaModule } from '@parley/platform/kafka/kafka.module'
import { LiveStreams } from '@parley/platform/live/live-stream'
import { loggingModule } from '@parley/platform/logging/logging.module'
import { SQL, type Sql } from '@parley/platform/postgres/database'
import { OutboxRelay } from '@parley/platform/postgres/outbox-relay'
import { PostgresModule } from '@parley/platform/postgres/postgres.module'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { AccessTokenIssuer } from './application/access-token-issuer'
import { Accounts } from './application/accounts'
import { Circle } from './application/circle'
import { Devices, PRESENCE_TIMES, type PresenceTimes } from './application/devices'
import { FollowPresence } from './application/follow-presence'
import { KnownDevices } from './application/known-devices'
import { Passwords } from './application/passwords'
import { People } from './application/people'
import { PresenceRecords } from './application/presence-records'
import { PresenceRoster } from './application/presence-roster'
import { AllPresenceSettings } from './application/presence-settings'
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
import { PostgresMemberships } from './infrastructure/postgres-memberships'
import { PostgresPeople } from './infrastructure/postgres-people'
import { PostgresPresenceSettings } from './infrastructure/postgres-presence-settings'
import { PostgresSessions } from './infrastructure/postgres-sessions'
import { RedisPresence } from './infrastructure/redis-presence'
import { RedisRateLimits } from './infrastructure/redis-rate-limits'
import { SigningKeys } from './infrastructure/signing-keys'
import { ConversationEventsController } from './presentation/conversation-events.controller'
import { JwksController } from './presentation/jwks.controller'
import { RevokedSessionsController } from './presentation/revoked-sessions.controller'
import { directives, orphanedTypes, resolvers } from './presentation/resolvers'
import { SessionCookies } from './presentation/session-cookies'
import { UserLoaders } from './presentation/user-loaders'
import { UserRequestsController } from './presentation/user-requests.controller'

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [JwksController, RevokedSessionsController, UserRequestsController, ConversationEventsController],
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
    { provide: PresenceRecords, useClass: RedisPresence },
    { provide: AllPresenceSettings, useClass: PostgresPresenceSettings },
    {
      provide: PRESENCE_TIMES,
      inject: [USER_ENV],
      useFactory: (env: UserEnv): PresenceTimes => ({
        beatMs: env.PRESENCE_BEAT_SECONDS * 1_000,
        graceMs: env.PRESENCE_GRACE_SECONDS * 1_000,
      }),
    },
    Devices,
    PresenceRoster,
    FollowPresence,
    LiveStreams,
    MembershipReplica,
    PostgresMemberships,
    { provide: MembershipStore, useExisting: PostgresMemberships },
    { provide: Circle, useExisting: PostgresMemberships },
    { provide: ConversationOwner, useClass: KafkaConversationOwner },
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
        KafkaModule.forRoot('user', env, ['parley.conversation.describe']),
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
