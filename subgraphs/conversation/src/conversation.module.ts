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
import { ConversationDirectory } from './application/conversation-directory'
import { Conversations } from './application/conversations'
import { KnownUsers } from './application/known-users'
import { People } from './application/people'
import { ConversationActivity } from './application/record-activity'
import { commandHandlers, queryHandlers } from './application/use-cases'
import { UserOwner } from './application/user-owner'
import type { ConversationEnv } from './env'
import { KafkaUserOwner } from './infrastructure/kafka-user-owner'
import { PostgresActivity } from './infrastructure/postgres-activity'
import { PostgresConversationDirectory } from './infrastructure/postgres-conversation-directory'
import { PostgresConversations } from './infrastructure/postgres-conversations'
import { PostgresKnownUsers } from './infrastructure/postgres-known-users'
import { ConversationLoaders } from './presentation/conversation-loaders'
import { ConversationRequestsController } from './presentation/conversation-requests.controller'
import { MessageEventsController } from './presentation/message-events.controller'
import { directives, orphanedTypes, resolvers } from './presentation/resolvers'
import { UserEventsController } from './presentation/user-events.controller'

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [UserEventsController, MessageEventsController, ConversationRequestsController],
  providers: [
    ...resolvers,
    ...commandHandlers,
    ...queryHandlers,
    ConversationLoaders,
    People,
    { provide: Conversations, useClass: PostgresConversations },
    { provide: ConversationDirectory, useClass: PostgresConversationDirectory },
    { provide: ConversationActivity, useClass: PostgresActivity },
    { provide: KnownUsers, useClass: PostgresKnownUsers },
    { provide: UserOwner, useClass: KafkaUserOwner },
    OutboxRelay,
  ],
})
export class ConversationModule {
  static forRoot(env: ConversationEnv): DynamicModule {
    return {
      module: ConversationModule,
      imports: [
        loggingModule('conversation', env),
        AuthModule.forRoot(env),
        PostgresModule.forRoot(env),
        RedisModule.forRoot(env),
        KafkaModule.forRoot('conversation', env, ['parley.user.exist']),
        HealthModule.forRoot({
          inject: [SQL],
          checks: (sql: Sql) => [{ name: 'postgres', check: () => sql`select 1` }],
        }),
        subgraphGraphQLModule({ production: env.NODE_ENV === 'production', orphanedTypes, directives }),
      ],
    }
  }
}
