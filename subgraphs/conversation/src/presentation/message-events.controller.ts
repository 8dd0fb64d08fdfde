import { Controller } from '@nestjs/common'
import { CommandBus } from '@nestjs/cqrs'
import { Ctx, KafkaContext } from '@nestjs/microservices'
import { conversationId } from '@parley/kernel/ids'
import { OnTopic } from '@parley/platform/kafka/decorators'
import { EventDelivery } from '@parley/platform/kafka/event-delivery'
import { RecordActivity } from '../application/record-activity'

/** Moves a conversation up in the lists of its members when a message is sent, but for one that is only in a thread. */
@Controller()
export class MessageEventsController {
  constructor(
    private readonly delivery: EventDelivery,
    private readonly commands: CommandBus,
  ) {}

  @OnTopic('parley.message')
  take(@Ctx() context: KafkaContext): Promise<void> {
    return this.delivery.deliver(context, {
      takes: ['MessageSent'],
      handle: async ({ data, time }) => {
        if (data.threadId !== undefined && data.alsoInConversation !== true) return
        await this.commands.execute(new RecordActivity(conversationId(data.conversationId), new Date(time)))
      },
    })
  }
}
