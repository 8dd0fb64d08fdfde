import { Injectable } from '@nestjs/common'
import { type ConversationId, userId, type UserId } from '@parley/kernel/ids'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { Memberships } from '../application/memberships'

@Injectable()
export class ReplicatedMemberships extends Memberships {
  constructor(private readonly replica: MembershipReplica) {
    super()
  }

  async current(conversationId: ConversationId): Promise<readonly UserId[]> {
    const { version, members } = await this.replica.current(conversationId)
    if (version === 0) throw new Error(`Nobody knows the conversation ${conversationId}`)
    return members.map((member) => userId(member.userId))
  }
}
