import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { BadgeHints } from './badge-hints'
import { Memberships } from './memberships'
import { Notifications } from './notifications'

/** Somebody left; the membership replica knows it already. What they were told of the conversation counts no more. */
export class ForgetLeaver extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly userId: UserId,
  ) {
    super()
  }
}

@CommandHandler(ForgetLeaver)
export class ForgetLeaverHandler implements ICommandHandler<ForgetLeaver> {
  constructor(
    private readonly memberships: Memberships,
    private readonly notifications: Notifications,
    private readonly hints: BadgeHints,
  ) {}

  async execute({ conversationId, userId }: ForgetLeaver): Promise<void> {
    const memberIds = await this.memberships.current(conversationId)
    // A late record may speak of somebody who has come back.
    const gone = [userId].filter((id) => !memberIds.includes(id))
    await this.notifications.forget(conversationId, gone)
    await this.hints.publish([...memberIds, ...gone], conversationId)
  }
}
