import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { AuthModule } from '@parley/platform/auth/auth.module'
import { subgraphGraphQLModule } from '@parley/platform/graphql/subgraph-graphql.module'
import { HealthModule } from '@parley/platform/health/health.module'
import { KafkaModule } from '@parley/platform/kafka/kafka.module'
import { loggingModule } from '@parley/platform/logging/logging.module'
import { type Connection, MONGO, MongoModule, mongoModel } from '@parley/platform/mongo/mongo.module'
import { pingMongo } from '@parley/platform/mongo/open-mongo'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { Notifications } from './application/notifications'
import { commandHandlers, queryHandlers } from './application/use-cases'
import type { NotificationEnv } from './env'
import { documents, MongoNotifications } from './infrastructure/mongo-notifications'
import { EventsController } from './presentation/events.controller'
import { directives, orphanedTypes, resolvers } from './presentation/resolvers'

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [EventsController],
  providers: [
    ...resolvers,
    ...commandHandlers,
    ...queryHandlers,
    { provide: Notifications, useClass: MongoNotifications },
    ...documents.map(mongoModel),
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
        KafkaModule.forRoot('notification', env),
        HealthModule.forRoot({
          inject: [MONGO],
          checks: (mongo: Connection) => [{ name: 'mongo', check: () => pingMongo(mongo) }],
        }),
        subgraphGraphQLModule({ production: env.NODE_ENV === 'production', orphanedTypes, directives }),
      ],
    }
  }
}
