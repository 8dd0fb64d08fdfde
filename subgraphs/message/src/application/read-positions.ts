import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { isIn } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { Inbox, type Receipt } from './inbox'

/** Who hides how far they have read. */
export abstract class ReceiptPrivacy {
  /** Those of them who do. */
  abstract hidden(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>
  abstract setHidden(userId: UserId, isHidden: boolean): Promise<void>
}

/** What a viewer may see of how far others have read. */
@Injectable()
export class ReadPositions {
  constructor(
    private readonly memberships: MembershipReplica,
    private readonly privacy: ReceiptPrivacy,
    private readonly inbox: Inbox,
  ) {}

  /**
   * Of the other members who show theirs; those who have read nothing are left out. Null for a viewer who sees none: they
   * hide their own, or are no member.
   */
  async of(conversationId: ConversationId, viewerId: UserId): Promise<ReadonlyMap<UserId, Receipt> | null> {
    // Not from the cache: who has just left is not shown.
    const membership = await this.memberships.current(conversationId)
    if (!isIn(membership, viewerId)) return null
    const memberIds = membership.members.map(({ userId }) => userId as UserId)
    const [hidden, receipts] = await Promise.all([
      this.privacy.hidden(memberIds),
      this.inbox.receipts(
        conversationId,
        memberIds.filter((userId) => userId !== viewerId),
      ),
    ])
    if (hidden.has(viewerId)) return null
    return new Map([...receipts].filter(([userId, { readLine }]) => readLine > 0 && !hidden.has(userId)))
  }
}
