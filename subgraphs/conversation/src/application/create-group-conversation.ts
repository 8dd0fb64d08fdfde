import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { ClientId, ConversationId, UserId } from '@parley/kernel/ids'
import { startGroup } from '../domain/commands'
import { conversationTitle } from '../domain/conversation'
import { memberList } from '../domain/member-list'
import { groupConversationId } from './conversation-ids'
import { Conversations } from './conversations'
import { People } from './people'

export class CreateGroupConversation extends Command<ConversationId> {
  constructor(
    readonly input: {
      readonly actor: UserId
      readonly clientId: ClientId
      readonly title: string
      readonly memberIds: readonly UserId[]
      readonly at: Date
    },
  ) {
    super()
  }
}

@CommandHandler(CreateGroupConversation)
export class CreateGroupConversationHandler implements ICommandHandler<CreateGroupConversation> {
  constructor(
    private readonly people: People,
    private readonly conversations: Conversations,
  ) {}

  async execute({ input }: CreateGroupConversation): Promise<ConversationId> {
    const { actor, clientId, at } = input
    const title = conversationTitle(input.title)
    const memberIds = memberList(input.memberIds)
    await this.people.assertExist(memberIds)
    const id = groupConversationId(actor, clientId)
    await this.conversations.handle(id, startGroup(actor, title, memberIds), { actor, at })
    return id
  }
}
