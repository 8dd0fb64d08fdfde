import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { type Joining, joiningNotifications, messageNotifications } from '../domain/notification'
import { BadgeHints } from './badge-hints'
import { Memberships } from './memberships'
import { Notifications } from './notifications'
import { RecentMessages } from './recent-messages'

/** How far the clocks of two machines may be apart before a new member misses a message in the badge. */
const clockSkewMs = 5_000

/** People are in a conversation from now on; the membership replica knows it already. */
export class NotifyOfJoining extends Command<void> {
  constructor(readonly joining: Joining) {
    super()
  }
}

/**
 * Messages that overtook this event were told to the others only; they are caught up on here. A few from just before the joining
 * may come along: the message subgraph sets the new member's reading to where they joined, and that covers them.
 */
@CommandHandler(NotifyOfJoining)
export class NotifyOfJoiningHandler implements ICommandHandler<NotifyOfJoining> {
  constructor(
    private readonly messages: RecentMessages,
    private readonly memberships: Memberships,
    private readonly notifications: Notifications,
    private readonly hints: BadgeHints,
  ) {}

  async execute({ joining }: NotifyOfJoining): Promise<void> {
    const { conversationId } = joining
    const memberIds = await this.memberships.current(conversationId)
    // A late record may speak of somebody who has left again.
    const joinerIds = joining.joinerIds.filter((id) => memberIds.includes(id))
    await this.notifications.add(joiningNotifications({ ...joining, joinerIds }))
    for await (const batch of this.messages.since(conversationId, new Date(joining.at.getTime() - clockSkewMs))) {
      await this.notifications.add(batch.flatMap((message) => messageNotifications(message, joinerIds)))
    }
    await this.notifications.applyReadings(conversationId, joinerIds, 1)
    await this.hints.publish(memberIds, conversationId)
  }
}
