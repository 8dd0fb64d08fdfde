import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { rename } from '../domain/commands'
import { conversationTitle } from '../domain/conversation'
import { Conversations } from './conversations'

export class RenameConversation extends Command<ConversationId> {
  constructor(
    readonly conversationId: ConversationId,
    readonly actor: UserId,
    readonly title: string,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(RenameConversation)
export class RenameConversationHandler implements ICommandHandler<RenameConversation> {
  constructor(private readonly conversations: Conversations) {}

  async execute({ conversationId, actor, title, at }: RenameConversation): Promise<ConversationId> {
    await this.conversations.handle(conversationId, rename(actor, conversationTitle(title)), { actor, at })
    return conversationId
  }
}
