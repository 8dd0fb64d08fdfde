import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { addedNotifications, type Joining } from '../domain/notification'
import { Notifications } from './notifications'

/** People have become members of a conversation. */
export class NotifyAdded extends Command<void> {
  constructor(readonly joining: Joining) {
    super()
  }
}

@CommandHandler(NotifyAdded)
export class NotifyAddedHandler implements ICommandHandler<NotifyAdded> {
  constructor(private readonly notifications: Notifications) {}

  async execute({ joining }: NotifyAdded): Promise<void> {
    await this.notifications.enter(joining.memberIds, joining.conversationId, joining.version)
    await this.notifications.add(addedNotifications(joining))
  }
}
