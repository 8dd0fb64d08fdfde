import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { setTopic } from '../domain/commands'
import { conversationTopic } from '../domain/conversation'
import { Conversations } from './conversations'

export class SetTopic extends Command<ConversationId> {
  constructor(
    readonly conversationId: ConversationId,
    readonly actor: UserId,
    readonly topic: string,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(SetTopic)
export class SetTopicHandler implements ICommandHandler<SetTopic> {
  constructor(private readonly conversations: Conversations) {}

  async execute({ conversationId, actor, topic, at }: SetTopic): Promise<ConversationId> {
    await this.conversations.handle(conversationId, setTopic(actor, conversationTopic(topic)), { actor, at })
    return conversationId
  }
}
