import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import type { Member } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { noSuchConversation } from '../domain/policy'

/** The policy of this subgraph: only members can see and write. */
@Injectable()
export class Admission {
  constructor(private readonly memberships: MembershipReplica) {}

  maySee(conversationId: ConversationId, userId: UserId): Promise<boolean> {
    return this.memberships.isMember(conversationId, userId)
  }

  /** The conversations that a user is in, as far as events have arrived. */
  conversationsOf(userId: UserId): Promise<readonly string[]> {
    return this.memberships.conversationsOf(userId)
  }

  async assertMember(conversationId: ConversationId, userId: UserId): Promise<void> {
    if (!(await this.maySee(conversationId, userId))) throw noSuchConversation()
  }

  /** For what lasts, such as a stream: an answer from before they left would hold for all of it. */
  async assertStillMember(conversationId: ConversationId, userId: UserId): Promise<void> {
    if (!(await this.memberships.isMemberNow(conversationId, userId))) throw noSuchConversation()
  }

  /** With their role; throws as `assertMember` does. */
  async member(conversationId: ConversationId, userId: UserId): Promise<Member> {
    const member = await this.memberships.member(conversationId, userId)
    if (member === null) throw noSuchConversation()
    return member
  }
}
