import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { membershipProviders } from '@parley/memberships/membership.providers'
import { AuthModule } from '@parley/platform/auth/auth.module'
import { subgraphGraphQLModule } from '@parley/platform/graphql/subgraph-graphql.module'
import { HealthModule } from '@parley/platform/health/health.module'
import { KafkaModule } from '@parley/platform/kafka/kafka.module'
import { loggingModule } from '@parley/platform/logging/logging.module'
import { type Connection, MONGO, MongoModule, mongoModel } from '@parley/platform/mongo/mongo.module'
import { pingMongo } from '@parley/platform/mongo/open-mongo'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { BadgeHints } from './application/badge-hints'
import { FollowBadge } from './application/follow-badge'
import { Memberships } from './application/memberships'
import { Notifications } from './application/notifications'
import { RecentMessages } from './application/recent-messages'
import { commandHandlers, queryHandlers } from './application/use-cases'
import type { NotificationEnv } from './env'
import { documents } from './infrastructure/documents'
import { MongoNotifications } from './infrastructure/mongo-notifications'
import { MongoRecentMessages } from './infrastructure/mongo-recent-messages'
import { RedisBadgeHints } from './infrastructure/redis-badge-hints'
import { ReplicatedMemberships } from './infrastructure/replicated-memberships'
import { EventsController } from './presentation/events.controller'
import { directives, orphanedTypes, resolvers } from './presentation/resolvers'

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [EventsController],
  providers: [
    ...resolvers,
    ...commandHandlers,
    ...queryHandlers,
    FollowBadge,
    { provide: Notifications, useClass: MongoNotifications },
    { provide: RecentMessages, useClass: MongoRecentMessages },
    { provide: Memberships, useClass: ReplicatedMemberships },
    { provide: BadgeHints, useClass: RedisBadgeHints },
    ...documents.map(mongoModel),
    ...membershipProviders,
  ],
})
export class NotificationModule {
  static forRoot(env: NotificationEnv): DynamicModule {
    return {
      module: NotificationModule,
      imports: [
        loggingModule('notification', env),
        AuthModule.forRoot(env),
        MongoModule.forRoot(env),
        RedisModule.forRoot(env),
        KafkaModule.forRoot('notification', env, ['parley.conversation.describe']),
        HealthModule.forRoot({
          inject: [MONGO],
          checks: (mongo: Connection) => [{ name: 'mongo', check: () => pingMongo(mongo) }],
        }),
        subgraphGraphQLModule({ production: env.NODE_ENV === 'production', orphanedTypes, directives }),
      ],
    }
  }
}
