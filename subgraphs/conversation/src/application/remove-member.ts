import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { removeMember } from '../domain/commands'
import { Conversations } from './conversations'

export class RemoveMember extends Command<ConversationId> {
  constructor(
    readonly conversationId: ConversationId,
    readonly actor: UserId,
    readonly memberId: UserId,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(RemoveMember)
export class RemoveMemberHandler implements ICommandHandler<RemoveMember> {
  constructor(private readonly conversations: Conversations) {}

  async execute({ conversationId, actor, memberId, at }: RemoveMember): Promise<ConversationId> {
    await this.conversations.handle(conversationId, removeMember(actor, memberId), { actor, at })
    return conversationId
  }
}
