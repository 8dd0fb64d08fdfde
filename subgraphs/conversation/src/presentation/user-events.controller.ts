import { Controller } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import { userId } from '@parley/kernel/ids'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { RecordUser } from '../application/record-user'

/** Keeps the replica of existing accounts. */
@Controller()
export class UserEventsController {
  constructor(
    private readonly delivery: EventDelivery,
    private readonly commands: CommandBus,
  ) {}

  @OnTopic('parley.user')
  take(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: ['UserRegistered'],
      handle: ({ data }) => this.commands.execute(new RecordUser(userId(data.userId))),
    })
  }
}
