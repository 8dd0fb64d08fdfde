import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { startDirect } from '../domain/commands'
import { directConversationId } from './conversation-ids'
import { Conversations } from './conversations'
import { People } from './people'

export class StartDirectConversation extends Command<ConversationId> {
  constructor(
    readonly actor: UserId,
    readonly userId: UserId,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(StartDirectConversation)
export class StartDirectConversationHandler implements ICommandHandler<StartDirectConversation> {
  constructor(
    private readonly people: People,
    private readonly conversations: Conversations,
  ) {}

  async execute({ actor, userId, at }: StartDirectConversation): Promise<ConversationId> {
    await this.people.assertExist([userId])
    const id = directConversationId(actor, userId)
    await this.conversations.handle(id, startDirect(actor, userId), { actor, at })
    return id
  }
}
