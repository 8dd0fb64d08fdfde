import type { Provider } from '@nestjs/common'
import { mongoModel } from '@parley/platform/mongo/mongo.module'
import { ConversationOwner, KafkaConversationOwner } from './conversation-owner'
import { membershipDocuments } from './membership-documents'
import { MembershipReplica } from './membership-replica'
import { MembershipStore } from './membership-store'
import { MongoMembershipStore } from './mongo-membership-store'

/**
 * The providers of the replica, for a subgraph's module; its database must have the collections of
 * `membershipDocuments`.
 */
export const membershipProviders: Provider[] = [
  MembershipReplica,
  { provide: MembershipStore, useClass: MongoMembershipStore },
  { provide: ConversationOwner, useClass: KafkaConversationOwner },
  ...membershipDocuments.map(mongoModel),
]
