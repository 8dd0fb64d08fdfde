import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { leave } from '../domain/commands'
import { Conversations } from './conversations'

export class LeaveConversation extends Command<void> {
  constructor(
    readonly conversationId: ConversationId,
    readonly actor: UserId,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(LeaveConversation)
export class LeaveConversationHandler implements ICommandHandler<LeaveConversation> {
  constructor(private readonly conversations: Conversations) {}

  async execute({ conversationId, actor, at }: LeaveConversation): Promise<void> {
    await this.conversations.handle(conversationId, leave(actor), { actor, at })
  }
}
