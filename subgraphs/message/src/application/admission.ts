import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { noSuchConversation } from '../domain/policy'
import { Memberships } from './memberships'

/** The policy of this subgraph: members see and write, nobody else learns anything. */
@Injectable()
export class Admission {
  constructor(private readonly memberships: Memberships) {}

  maySee(conversationId: ConversationId, userId: UserId): Promise<boolean> {
    return this.memberships.isMember(conversationId, userId)
  }

  async assertMember(conversationId: ConversationId, userId: UserId): Promise<void> {
    if (!(await this.maySee(conversationId, userId))) throw noSuchConversation()
  }
}
