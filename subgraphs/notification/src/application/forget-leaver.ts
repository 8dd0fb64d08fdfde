import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { Notifications } from './notifications'

/** A person has left a conversation: deletes their notifications about it. */
export class ForgetLeaver extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly conversationId: ConversationId,
    /** Of the conversation, after they left. */
    readonly version: number,
  ) {
    super()
  }
}

@CommandHandler(ForgetLeaver)
export class ForgetLeaverHandler implements ICommandHandler<ForgetLeaver> {
  constructor(private readonly notifications: Notifications) {}

  execute({ userId, conversationId, version }: ForgetLeaver): Promise<void> {
    return this.notifications.leave(userId, conversationId, version)
  }
}
