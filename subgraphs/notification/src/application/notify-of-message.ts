import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { messageNotifications, type SentMessage } from '../domain/notification'
import { BadgeHints } from './badge-hints'
import { Memberships } from './memberships'
import { Notifications } from './notifications'
import { RecentMessages } from './recent-messages'

export class NotifyOfMessage extends Command<void> {
  constructor(readonly message: SentMessage) {
    super()
  }
}

/**
 * Messages, memberships and readings come over different partitions, so each may overtake the others. The order of the steps
 * makes that harmless: each side first stores what it knows and then looks for what the other has stored (see NotifyOfJoining,
 * ForgetLeaver and RecordReading), so whichever is later sees the earlier one.
 */
@CommandHandler(NotifyOfMessage)
export class NotifyOfMessageHandler implements ICommandHandler<NotifyOfMessage> {
  constructor(
    private readonly messages: RecentMessages,
    private readonly memberships: Memberships,
    private readonly notifications: Notifications,
    private readonly hints: BadgeHints,
  ) {}

  async execute({ message }: NotifyOfMessage): Promise<void> {
    const { conversationId, seq } = message
    await this.messages.remember(message)
    const memberIds = await this.memberships.current(conversationId)
    await this.notifications.add(messageNotifications(message, memberIds))
    await this.notifications.applyReadings(conversationId, memberIds, seq)
    const stillIn = new Set(await this.memberships.current(conversationId))
    await this.notifications.forget(
      conversationId,
      memberIds.filter((id) => !stillIn.has(id)),
    )
    // The author too: the lists on their other devices move.
    await this.hints.publish(memberIds, conversationId)
  }
}
