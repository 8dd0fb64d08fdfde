import { Controller } from '@nestjs/common'
import { type Command, CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { EventOf } from '@parley/contracts/integration-events'
import { unreachable } from '@parley/kernel/decider'
import { conversationId, messageId, userId } from '@parley/kernel/ids'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { ForgetLeaver } from '../application/forget-leaver'
import { NotifyAdded } from '../application/notify-added'
import { NotifyMentioned } from '../application/notify-mentioned'
import type { MentionChange } from '../domain/notification'

export const takes = ['ConversationStarted', 'MemberJoined', 'MemberLeft'] as const
export const takesOfMessages = ['MessageSent', 'MessageEdited', 'MessageDeleted'] as const

/**
 * Creates and removes notifications. Each topic has the records of one conversation in order; those of its members and
 * those of its messages arrive independently of each other.
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

  @OnTopic('parley.message')
  takeMessageEvent(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: takesOfMessages,
      handle: async (event) => {
        const change = mentionChangeIn(event)
        if (change !== null) await this.commands.execute(new NotifyMentioned(change))
      },
    })
  }
}

/** Null for an event that changes nothing for anybody. */
export function mentionChangeIn({
  id,
  time,
  type,
  data,
}: EventOf<(typeof takesOfMessages)[number]>): MentionChange | null {
  const change = {
    eventId: id,
    conversationId: conversationId(data.conversationId),
    messageId: messageId(data.messageId),
    seq: data.seq,
    actorId: userId(data.authorId),
    at: new Date(time),
  }
  if (type === 'MessageDeleted') return { ...change, mentioned: [], unmentioned: null }
  const mentioned = data.mentioned?.map(userId) ?? []
  const unmentioned = 'unmentioned' in data ? (data.unmentioned?.map(userId) ?? []) : []
  return mentioned.length + unmentioned.length === 0 ? null : { ...change, mentioned, unmentioned }
}

/** The command for each event. */
export function commandFor({ id, time, type, data }: EventOf<(typeof takes)[number]>): Command<void> {
  const joining = {
    eventId: id,
    conversationId: conversationId(data.conversationId),
    actorId: userId(data.actorId),
    version: data.streamVersion,
    at: new Date(time),
  }
  switch (type) {
    case 'ConversationStarted':
      return new NotifyAdded({ ...joining, memberIds: data.members.map((member) => userId(member.userId)) })
    case 'MemberJoined':
      return new NotifyAdded({ ...joining, memberIds: [userId(data.memberId)] })
    case 'MemberLeft':
      return new ForgetLeaver(userId(data.memberId), joining.conversationId, data.streamVersion)
    default:
      return unreachable(type)
  }
}
