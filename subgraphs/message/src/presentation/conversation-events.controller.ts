import { Controller } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import type { AnyIntegrationEvent } from '@parley/contracts/integration-events'
import { clientId, conversationId, userId } from '@parley/kernel/ids'
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
    return this.delivery.deliver(context, async (event) => {
      await this.memberships.apply(event)
      const entry = timelineEntry(event)
      if (entry !== null) await this.commands.execute(new RecordConversationChange(entry))
    })
  }
}

/** The event's id is the entry's client id: a record that comes twice is in the timeline once. */
function timelineEntry(event: AnyIntegrationEvent): TimelineEntry | null {
  const fact = timelineFact(event)
  if (fact === null) return null
  const common = {
    conversationId: conversationId(event.subject),
    clientId: clientId(event.id),
    at: new Date(event.time),
  }
  return { ...fact.fact, actorId: userId(fact.actor), ...common }
}

function timelineFact(event: AnyIntegrationEvent): { fact: TimelineFact; actor: string } | null {
  switch (event.type) {
    case 'conversation.started':
      return { fact: { type: 'conversation.started', data: { title: event.data.title } }, actor: event.data.startedBy }
    case 'conversation.member-added':
      return {
        fact: { type: 'member.joined', data: { memberId: userId(event.data.userId) } },
        actor: event.data.addedBy,
      }
    case 'conversation.member-left':
      return { fact: { type: 'member.left', data: { memberId: userId(event.data.userId) } }, actor: event.data.userId }
    case 'conversation.renamed':
      return { fact: { type: 'title.changed', data: { title: event.data.title } }, actor: event.data.renamedBy }
    default:
      return null
  }
}
