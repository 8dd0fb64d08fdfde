import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { addMembers } from '../domain/commands'
import { memberList } from '../domain/member-list'
import { Conversations } from './conversations'
import { People } from './people'

export class AddMembers extends Command<ConversationId> {
  constructor(
    readonly conversationId: ConversationId,
    readonly actor: UserId,
    readonly userIds: readonly UserId[],
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(AddMembers)
export class AddMembersHandler implements ICommandHandler<AddMembers> {
  constructor(
    private readonly people: People,
    private readonly conversations: Conversations,
  ) {}

  async execute({ conversationId, actor, userIds, at }: AddMembers): Promise<ConversationId> {
    const added = memberList(userIds)
    await this.people.assertExist(added)
    await this.conversations.handle(conversationId, addMembers(actor, added), { actor, at })
    return conversationId
  }
}
