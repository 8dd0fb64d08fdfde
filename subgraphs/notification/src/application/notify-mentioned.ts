import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { type MentionChange, mentionNotifications } from '../domain/notification'
import { Notifications } from './notifications'

/** A message mentions people, or does not mention them any more. */
export class NotifyMentioned extends Command<void> {
  constructor(readonly change: MentionChange) {
    super()
  }
}

@CommandHandler(NotifyMentioned)
export class NotifyMentionedHandler implements ICommandHandler<NotifyMentioned> {
  constructor(private readonly notifications: Notifications) {}

  async execute({ change }: NotifyMentioned): Promise<void> {
    const { messageId, unmentioned, seq } = change
    if (unmentioned === null || unmentioned.length > 0) await this.notifications.takeBack(messageId, unmentioned, seq)
    const told = mentionNotifications(change)
    await this.notifications.add(told)
    // Afterwards: who leaves meanwhile is found here or by their leaving.
    await this.notifications.forgetFormer(told)
  }
}
