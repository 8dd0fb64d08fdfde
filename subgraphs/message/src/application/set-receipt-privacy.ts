import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { Channels } from '@parley/platform/redis/channels'
import { liveChannels } from './channels'
import { ReceiptPrivacy } from './read-positions'

export class SetReceiptPrivacy extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly isHidden: boolean,
  ) {
    super()
  }
}

@CommandHandler(SetReceiptPrivacy)
export class SetReceiptPrivacyHandler implements ICommandHandler<SetReceiptPrivacy> {
  constructor(
    private readonly privacy: ReceiptPrivacy,
    private readonly memberships: MembershipReplica,
    private readonly channels: Channels,
  ) {}

  /** All streams that may show this user, and their own, read again what they may show. */
  async execute({ userId, isHidden }: SetReceiptPrivacy): Promise<void> {
    await this.privacy.setHidden(userId, isHidden)
    const ids = (await this.memberships.conversationsOf(userId)) as readonly ConversationId[]
    await Promise.all(ids.map((id) => this.channels.publish(liveChannels.reading, id, { userId, readLine: null })))
  }
}
