import { Controller } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { EventOf } from '@parley/contracts/integration-events'
import { clientId, conversationId, userId } from '@parley/kernel/ids'
import { concernedBy, type ConversationEvent, conversationKinds } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { RecordConversationChange } from '../application/record-conversation-change'
import type { TimelineEntry } from '../domain/timeline-event'

type EntryOf<Kind> = Extract<TimelineEntry, { type: Kind }>

/** Keeps the membership replica, and adds the events that members should see to the timeline. */
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
        await this.commands.execute(new RecordConversationChange(timelineEntry(event), concernedBy(event).map(userId)))
      },
    })
  }
}

/** The data that members see, for each kind of conversation event. */
const dataOf: { readonly [Kind in ConversationEvent['type']]: (data: EventOf<Kind>['data']) => EntryOf<Kind>['data'] } =
  {
    ConversationStarted: ({ title }) => ({ title }),
    MemberJoined: ({ memberId }) => ({ memberId: userId(memberId) }),
    MemberLeft: ({ memberId }) => ({ memberId: userId(memberId) }),
    TitleChanged: ({ title }) => ({ title }),
    TopicChanged: ({ topic }) => ({ topic }),
  }

/** The event's id is the entry's client id, so that a redelivered record is in the timeline once. */
function timelineEntry({ id, type, subject, time, data }: ConversationEvent): TimelineEntry {
  return {
    type,
    conversationId: conversationId(subject),
    actorId: userId(data.actorId),
    clientId: clientId(id),
    at: new Date(time),
    data: (dataOf[type] as (data: object) => object)(data),
  } as TimelineEntry
}
