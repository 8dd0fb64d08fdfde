import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { membershipProviders } from '@parley/memberships/membership.providers'
import { AuthModule } from '@parley/platform/auth/auth.module'
import { subgraphGraphQLModule } from '@parley/platform/graphql/subgraph-graphql.module'
import { HealthModule } from '@parley/platform/health/health.module'
import { KafkaModule } from '@parley/platform/kafka/kafka.module'
import { LiveStreams } from '@parley/platform/live/live-stream'
import { loggingModule } from '@parley/platform/logging/logging.module'
import { type Connection, MONGO, MongoModule, mongoModel } from '@parley/platform/mongo/mongo.module'
import { pingMongo } from '@parley/platform/mongo/open-mongo'
import { RedisModule } from '@parley/platform/redis/redis.module'
import { Admission } from './application/admission'
import { Bookmarks } from './application/bookmarks'
import { CatchUpPace } from './application/catch-up-pace'
import { ConversationHeads } from './application/conversation-heads'
import { ChangeMessage } from './application/change-message'
import { CurrentMessages, Messages } from './application/current-messages'
import { Erasure } from './application/erasure'
import { Inbox } from './application/inbox'
import { AllMentionMarks } from './application/mention-marks'
import { MentionedPeople, OnlinePeople } from './application/mentioned-people'
import { Threads } from './application/threads'
import { ReadPositions, ReceiptPrivacy } from './application/read-positions'
import { TimelineFeeds } from './application/timeline-feeds'
import { TimelineLog } from './application/timeline-log'
import { commandHandlers, queryHandlers } from './application/use-cases'
import type { MessageEnv } from './env'
import { documents } from './infrastructure/documents'
import { KafkaOnlinePeople } from './infrastructure/kafka-online-people'
import { Lease } from './infrastructure/lease'
import { MongoBookmarks } from './infrastructure/mongo-bookmarks'
import { MongoErasure } from './infrastructure/mongo-erasure'
import { MongoConversationHeads } from './infrastructure/mongo-conversation-heads'
import { MongoInbox } from './infrastructure/mongo-inbox'
import { MongoMentionMarks } from './infrastructure/mongo-mention-marks'
import { MongoMessages } from './infrastructure/mongo-messages'
import { MongoThreads } from './infrastructure/mongo-threads'
import { MongoReceiptPrivacy } from './infrastructure/mongo-receipt-privacy'
import { MongoTimelineLog } from './infrastructure/mongo-timeline-log'
import { Projections } from './infrastructure/projections'
import { Publication } from './infrastructure/publication'
import { TimelineRelay } from './infrastructure/timeline-relay'
import { UnappliedEvents } from './infrastructure/unapplied-events'
import { ConversationEventsController } from './presentation/conversation-events.controller'
import { Loaders } from './presentation/loaders'
import { directives, orphanedTypes, resolvers, streams } from './presentation/resolvers'

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [ConversationEventsController],
  providers: [
    ...resolvers,
    ...streams,
    ...commandHandlers,
    ...queryHandlers,
    Admission,
    CurrentMessages,
    ChangeMessage,
    MentionedPeople,
    Loaders,
    CatchUpPace,
    TimelineFeeds,
    LiveStreams,
    { provide: TimelineLog, useClass: MongoTimelineLog },
    { provide: ConversationHeads, useClass: MongoConversationHeads },
    { provide: Messages, useClass: MongoMessages },
    { provide: Inbox, useClass: MongoInbox },
    { provide: AllMentionMarks, useClass: MongoMentionMarks },
    { provide: OnlinePeople, useClass: KafkaOnlinePeople },
    { provide: Threads, useClass: MongoThreads },
    { provide: Bookmarks, useClass: MongoBookmarks },
    { provide: ReceiptPrivacy, useClass: MongoReceiptPrivacy },
    ReadPositions,
    MongoErasure,
    { provide: Erasure, useExisting: MongoErasure },
    Publication,
    Projections,
    UnappliedEvents,
    TimelineRelay,
    Lease,
    ...documents.map(mongoModel),
    ...membershipProviders,
  ],
})
export class MessageModule {
  static forRoot(env: MessageEnv): DynamicModule {
    return {
      module: MessageModule,
      imports: [
        loggingModule('message', env),
        AuthModule.forRoot(env),
        MongoModule.forRoot(env),
        RedisModule.forRoot(env),
        KafkaModule.forRoot('message', env, ['parley.conversation.describe', 'parley.user.online']),
        HealthModule.forRoot({
          inject: [MONGO],
          checks: (mongo: Connection) => [{ name: 'mongo', check: () => pingMongo(mongo) }],
        }),
        subgraphGraphQLModule({ production: env.NODE_ENV === 'production', orphanedTypes, directives }),
      ],
    }
  }
}
