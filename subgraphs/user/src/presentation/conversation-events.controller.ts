import { Controller } from '@nestjs/common'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import { userId } from '@parley/kernel/ids'
import { concernedBy, conversationKinds } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { Channels } from '@parley/platform/redis/channels'
import { presenceChanged } from '../application/channels'

/** Keeps the replica of who is in which conversation, and has streams ask again who may see whom. */
@Controller()
export class ConversationEventsController {
  constructor(
    private readonly delivery: EventDelivery,
    private readonly memberships: MembershipReplica,
    private readonly channels: Channels,
  ) {}

  @OnTopic('parley.conversation')
  take(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: conversationKinds,
      handle: async (event) => {
        await this.memberships.apply(event)
        const concerned = concernedBy(event).map(userId)
        await Promise.all(concerned.map((id) => this.channels.publish(presenceChanged, id, 'circle')))
      },
    })
  }
}
