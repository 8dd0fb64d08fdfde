import { Controller } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import { conversationKinds, isOfConversation } from '@parley/memberships/membership'
import { MembershipReplica } from '@parley/memberships/membership-replica'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { commandFor } from './event-commands'

/** Everything that this subgraph hears of: the membership replica is kept first, then those who are concerned are told. */
@Controller()
export class EventsController {
  constructor(
    private readonly delivery: EventDelivery,
    private readonly memberships: MembershipReplica,
    private readonly commands: CommandBus,
  ) {}

  @OnTopic('parley.conversation')
  takeConversationEvent(@Ctx() context: KafkaContext): Promise<void> {
    return this.#take(context)
  }

  @OnTopic('parley.message')
  takeMessageEvent(@Ctx() context: KafkaContext): Promise<void> {
    return this.#take(context)
  }

  #take(context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: [...conversationKinds, 'MessageSent', 'MessageRead'],
      handle: async (event) => {
        if (isOfConversation(event)) await this.memberships.apply(event)
        const command = commandFor(event)
        if (command !== null) await this.commands.execute(command)
      },
    })
  }
}
