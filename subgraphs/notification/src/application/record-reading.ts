import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { BadgeHints } from './badge-hints'
import { Notifications } from './notifications'

/** Somebody has read a conversation up to a seq, on whichever device. */
export class RecordReading extends Command<void> {
  constructor(
    readonly userId: UserId,
    readonly conversationId: ConversationId,
    readonly seq: number,
  ) {
    super()
  }
}

@CommandHandler(RecordReading)
export class RecordReadingHandler implements ICommandHandler<RecordReading> {
  constructor(
    private readonly notifications: Notifications,
    private readonly hints: BadgeHints,
  ) {}

  async execute({ userId, conversationId, seq }: RecordReading): Promise<void> {
    await this.notifications.recordReading(userId, conversationId, seq)
    await this.hints.publish([userId], conversationId)
  }
}
