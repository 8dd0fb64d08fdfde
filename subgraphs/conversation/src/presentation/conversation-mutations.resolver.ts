import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs'
import { Args, Mutation, Resolver } from '@nestjs/graphql'
import { clientId, type ConversationId, conversationId, userId } from '@parley/kernel/ids'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload } from '@parley/platform/graphql/mutation-payload'
import { AddMembers } from '../application/add-members'
import { CreateGroupConversation } from '../application/create-group-conversation'
import { GetConversation } from '../application/get-conversation'
import { LeaveConversation } from '../application/leave-conversation'
import { RemoveMember } from '../application/remove-member'
import { RenameConversation } from '../application/rename-conversation'
import { SetTopic } from '../application/set-topic'
import { StartDirectConversation } from '../application/start-direct-conversation'
import {
  AddMembersInput,
  AddMembersPayload,
  CreateGroupConversationInput,
  CreateGroupConversationPayload,
  LeaveConversationInput,
  LeaveConversationPayload,
  RemoveMemberInput,
  RemoveMemberPayload,
  RenameConversationInput,
  RenameConversationPayload,
  SetTopicInput,
  SetTopicPayload,
  StartDirectConversationInput,
  StartDirectConversationPayload,
} from './conversation-mutations.types'
import { conversationView } from './views'

@Resolver()
export class ConversationMutationsResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Mutation(() => StartDirectConversationPayload, {
    nullable: true,
    description: 'Opens the direct conversation of the viewer and another person, and starts it the first time.',
  })
  startDirectConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'The other person.' }) input: StartDirectConversationInput,
  ): Promise<StartDirectConversationPayload> {
    return this.#payload(viewer, () => new StartDirectConversation(viewer.userId, userId(input.userId), new Date()))
  }

  @Mutation(() => CreateGroupConversationPayload, {
    nullable: true,
    description: 'Creates a group that the viewer owns, once for each client id.',
  })
  createGroupConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'The title and the members.' }) input: CreateGroupConversationInput,
  ): Promise<CreateGroupConversationPayload> {
    const command = () =>
      new CreateGroupConversation({
        actor: viewer.userId,
        clientId: clientId(input.clientId),
        title: input.title,
        memberIds: input.memberIds.map(userId),
        at: new Date(),
      })
    return this.#payload(viewer, command)
  }

  @Mutation(() => AddMembersPayload, { nullable: true, description: 'Adds people to a group; every member may.' })
  addMembers(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'The people and the group.' }) input: AddMembersInput,
  ): Promise<AddMembersPayload> {
    return this.#payload(
      viewer,
      () => new AddMembers(conversationId(input.conversationId), viewer.userId, input.userIds.map(userId), new Date()),
    )
  }

  @Mutation(() => LeaveConversationPayload, {
    nullable: true,
    description:
      'Removes the viewer from a group. When its owner leaves, the longest-standing member becomes the owner.',
  })
  leaveConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'The group to leave.' }) input: LeaveConversationInput,
  ): Promise<LeaveConversationPayload> {
    return mutationPayload(async () => {
      const id = conversationId(input.conversationId)
      await this.commands.execute(new LeaveConversation(id, viewer.userId, new Date()))
      return { conversationId: id }
    })
  }

  @Mutation(() => RemoveMemberPayload, {
    nullable: true,
    description: 'Removes another member from a group; only its owner may. They see nothing more of it.',
  })
  removeMember(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'The group and the member.' }) input: RemoveMemberInput,
  ): Promise<RemoveMemberPayload> {
    const { conversationId: group, userId: member } = input
    return this.#payload(
      viewer,
      () => new RemoveMember(conversationId(group), viewer.userId, userId(member), new Date()),
    )
  }

  @Mutation(() => RenameConversationPayload, {
    nullable: true,
    description: 'Changes the title of a group; every member may.',
  })
  renameConversation(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'The group and its new title.' }) input: RenameConversationInput,
  ): Promise<RenameConversationPayload> {
    return this.#payload(
      viewer,
      () => new RenameConversation(conversationId(input.conversationId), viewer.userId, input.title, new Date()),
    )
  }

  @Mutation(() => SetTopicPayload, {
    nullable: true,
    description: 'Says what a group is about, or clears it; every member may.',
  })
  setTopic(
    @SignedIn() viewer: Viewer,
    @Args('input', { description: 'Which group and what it is about.' }) input: SetTopicInput,
  ): Promise<SetTopicPayload> {
    return this.#payload(
      viewer,
      () => new SetTopic(conversationId(input.conversationId), viewer.userId, input.topic, new Date()),
    )
  }

  /** The command is created inside, because an invalid id is one of the errors that a person can correct. */
  #payload(
    { userId: viewer }: Viewer,
    command: () => Command<ConversationId>,
  ): Promise<StartDirectConversationPayload> {
    return mutationPayload(async () => {
      const id = await this.commands.execute(command())
      return { conversation: conversationView(await this.queries.execute(new GetConversation(viewer, id))) }
    })
  }
}
