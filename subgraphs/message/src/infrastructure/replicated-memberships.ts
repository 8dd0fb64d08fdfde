import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { Memberships } from '../application/memberships'

@Injectable()
export class ReplicatedMemberships extends Memberships {
  constructor(private readonly replica: MembershipReplica) {
    super()
  }

  isMember(conversationId: ConversationId, userId: UserId): Promise<boolean> {
    return this.replica.isMember(conversationId, userId)
  }
}
