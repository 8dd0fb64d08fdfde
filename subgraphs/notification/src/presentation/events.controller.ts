import { Controller } from '@nestjs/common'
import { type Command, CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { EventOf } from '@parley/contracts/integration-events'
import { unreachable } from '@parley/kernel/decider'
import { conversationId, userId } from '@parley/kernel/ids'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { ForgetLeaver } from '../application/forget-leaver'
import { NotifyAdded } from '../application/notify-added'

export const takes = ['ConversationStarted', 'MemberJoined', 'MemberLeft'] as const

/**
 * Creates and removes notifications. The records of one conversation arrive in order, so no membership replica is
 * needed.
 */
@Controller()
export class EventsController {
  constructor(
    private readonly delivery: EventDelivery,
    private readonly commands: CommandBus,
  ) {}

  @OnTopic('parley.conversation')
  takeConversationEvent(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, { takes, handle: (event) => this.commands.execute(commandFor(event)) })
  }
}

/** The command for each event. */
export function commandFor({ id, time, type, data }: EventOf<(typeof takes)[number]>): Command<void> {
  const at = new Date(time)
  const joining = {
    eventId: id,
    conversationId: conversationId(data.conversationId),
    actorId: userId(data.actorId),
    at,
  }
  switch (type) {
    case 'ConversationStarted':
      return new NotifyAdded({ ...joining, memberIds: data.members.map((member) => userId(member.userId)) })
    case 'MemberJoined':
      return new NotifyAdded({ ...joining, memberIds: [userId(data.memberId)] })
    case 'MemberLeft':
      return new ForgetLeaver(userId(data.memberId), joining.conversationId, at)
    default:
      return unreachable(type)
  }
}
