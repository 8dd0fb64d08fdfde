import type { Provider } from '@nestjs/common'
import { mongoModel } from '@parley/platform/mongo/mongo.module'
import { ConversationOwner, KafkaConversationOwner } from './conversation-owner'
import { membershipDocuments } from './membership-documents'
import { MembershipReplica } from './membership-replica'
import { MembershipStore, MongoMembershipStore } from './membership-store'

/** What a subgraph's module adds to have the replica; its database has `membershipDocuments` among its collections. */
export const membershipProviders: Provider[] = [
  MembershipReplica,
  { provide: MembershipStore, useClass: MongoMembershipStore },
  { provide: ConversationOwner, useClass: KafkaConversationOwner },
  ...membershipDocuments.map(mongoModel),
]
