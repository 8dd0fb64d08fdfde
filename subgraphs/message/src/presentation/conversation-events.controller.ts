import { Controller } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import { unreachable } from '@parley/kernel/decider'
import { clientId, conversationId, type UserId, userId } from '@parley/kernel/ids'
import { type ConversationEvent, conversationKinds } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { RecordConversationChange } from '../application/record-conversation-change'
import type { TimelineEntry, TimelineFact } from '../domain/timeline-event'

/** Keeps the membership replica, and makes what members should see of it part of the timeline. */
@Controller()
export class ConversationEventsController {
  constructor(
    private readonly delivery: EventDelivery,
    private readonly memberships: MembershipReplica,
    private readonly commands: CommandBus,
  ) {}

  @OnTopic('parley.conversation')
  take(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: conversationKinds,
      handle: async (event) => {
        await this.memberships.apply(event)
        await this.commands.execute(new RecordConversationChange(timelineEntry(event), concernedBy(event)))
      },
    })
  }
}

/** The event's id is the entry's client id: a record that comes twice is in the timeline once. */
function timelineEntry(event: ConversationEvent): TimelineEntry {
  const origin = {
    conversationId: conversationId(event.subject),
    actorId: userId(event.data.actorId),
    clientId: clientId(event.id),
    at: new Date(event.time),
  }
  return { ...factOf(event), ...origin }
}

function factOf({ type, data }: ConversationEvent): TimelineFact {
  switch (type) {
    case 'ConversationStarted':
    case 'TitleChanged':
      return { type, data: { title: data.title } } as TimelineFact
    case 'MemberJoined':
    case 'MemberLeft':
      return { type, data: { memberId: userId(data.memberId) } }
    default:
      return unreachable(type)
  }
}

/** Who comes into the conversation or goes by the event. */
function concernedBy({ type, data }: ConversationEvent): readonly UserId[] {
  switch (type) {
    case 'ConversationStarted':
      return data.members.map((member) => userId(member.userId))
    case 'MemberJoined':
    case 'MemberLeft':
      return [userId(data.memberId)]
    case 'TitleChanged':
      return []
    default:
      return unreachable(type)
  }
}
