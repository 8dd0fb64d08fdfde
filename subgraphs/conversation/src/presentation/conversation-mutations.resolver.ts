import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { Args, Mutation, Resolver } from '@nestjs/graphql'
import { clientId, type ConversationId, conversationId, type UserId, userId } from '@parley/kernel/ids'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { AddMembers } from '../application/add-members'
import { CreateGroupConversation } from '../application/create-group-conversation'
import { GetConversation } from '../application/get-conversation'
import { LeaveConversation } from '../application/leave-conversation'
import { RenameConversation } from '../application/rename-conversation'
import { StartDirectConversation } from '../application/start-direct-conversation'
import {
  AddMembersInput,
  ConversationPayload,
  CreateGroupConversationInput,
  LeaveConversationInput,
  LeaveConversationPayload,
  RenameConversationInput,
  StartDirectConversationInput,
} from './conversation-mutations.types'
import { conversationView } from './views'

@Resolver()
export class ConversationMutationsResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => ConversationPayload, {
    nullable: true,
    description: 'Opens the direct conversation of the viewer and somebody else, which begins when it is opened first.',
  })
  async startDirectConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'With whom.' }) input: StartDirectConversationInput,
  ): Promise<ConversationPayload> {
    const command = new StartDirectConversation(viewer.userId, userId(input.userId), new Date())
    return this.#payload(viewer.userId, await this.commands.execute(command))
  }

  @Mutation(() => ConversationPayload, {
    nullable: true,
    description: 'Creates a group that the viewer owns, once for each client id.',
  })
  async createGroupConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'What it is called and who is in it.' }) input: CreateGroupConversationInput,
  ): Promise<ConversationPayload> {
    const command = new CreateGroupConversation({
      actor: viewer.userId,
      clientId: clientId(input.clientId),
      title: input.title,
      memberIds: input.memberIds.map(userId),
      at: new Date(),
    })
    return this.#payload(viewer.userId, await this.commands.execute(command))
  }

  @Mutation(() => ConversationPayload, { nullable: true, description: 'Brings people into a group; every member may.' })
  async addMembers(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'Whom and where.' }) input: AddMembersInput,
  ): Promise<ConversationPayload> {
    const id = conversationId(input.conversationId)
    await this.commands.execute(new AddMembers(id, viewer.userId, input.userIds.map(userId), new Date()))
    return this.#payload(viewer.userId, id)
  }

  @Mutation(() => LeaveConversationPayload, {
    nullable: true,
    description:
      'Takes the viewer out of a group. When its owner leaves, it belongs to whoever has been there longest.',
  })
  async leaveConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'What to leave.' }) input: LeaveConversationInput,
  ): Promise<LeaveConversationPayload> {
    const id = conversationId(input.conversationId)
    await this.commands.execute(new LeaveConversation(id, viewer.userId, new Date()))
    return { conversationId: id }
  }

  @Mutation(() => ConversationPayload, {
    nullable: true,
    description: 'Gives a group another title; every member may.',
  })
  async renameConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'Which group and what to call it.' }) input: RenameConversationInput,
  ): Promise<ConversationPayload> {
    const id = conversationId(input.conversationId)
    await this.commands.execute(new RenameConversation(id, viewer.userId, input.title, new Date()))
    return this.#payload(viewer.userId, id)
  }

  async #payload(viewer: UserId, id: ConversationId): Promise<ConversationPayload> {
    return { conversation: conversationView(await this.queries.execute(new GetConversation(viewer, id))) }
  }
}
