import { CommandBus } from '@nestjs/cqrs'
import { Args, Field, ID, InputType, Mutation, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { limits } from '@parley/kernel/limits'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { DateTimeResolver } from 'graphql-scalars'
import { Admission } from '../application/admission'
import { MuteConversation, UnmuteConversation } from '../application/set-mute'
import { unmuted } from '../domain/mute'
import { ConversationReference } from './entity-references'
import { Loaders } from './loaders'
import { MuteType, muteView } from './mute.types'

@InputType({ description: 'What the viewer does not want to be told of.' })
class MuteConversationInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => DateTimeResolver, {
    nullable: true,
    description: `When it ends by itself, at most ${limits.muteDays} days ahead; null for when the viewer unmutes it.`,
  })
  until?: Date | null
}

@InputType({ description: 'What the viewer wants to be told of again.' })
class UnmuteConversationInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string
}

const conversationDescription = 'The conversation; null with errors, and when a selected field of it is unavailable.'

@ObjectType({ description: 'The conversation with its mute.' })
class MuteConversationPayload extends PayloadType {
  @Field(() => ID, { nullable: true, description: 'The id of the conversation; null with errors.' })
  conversationId?: string

  @Field(() => ConversationReference, { nullable: true, description: conversationDescription })
  conversation?: ConversationReference
}

@ObjectType({ description: 'The conversation without a mute.' })
class UnmuteConversationPayload extends PayloadType {
  @Field(() => ID, { nullable: true, description: 'The id of the conversation; null with errors.' })
  conversationId?: string

  @Field(() => ConversationReference, { nullable: true, description: conversationDescription })
  conversation?: ConversationReference
}

@Resolver(() => ConversationReference)
export class MuteResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly admission: Admission,
    private readonly loaders: Loaders,
  ) {}

  @Mutation(() => MuteConversationPayload, {
    nullable: true,
    description:
      'Mutes a conversation for the viewer alone: its lines are not in `InboxFrame.unreadCount`, and `@all` and `@here` do not mention the viewer. Mentions by name do. A mute that is there is replaced.',
  })
  muteConversation(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The conversation and how long.' }) input: MuteConversationInput,
  ): Promise<MuteConversationPayload> {
    return mutationPayload(async () => {
      const id = conversationId(input.conversationId)
      await this.commands.execute(new MuteConversation(id, userId, input.until ?? null, new Date()))
      return { conversationId: id, conversation: { id } }
    })
  }

  @Mutation(() => UnmuteConversationPayload, {
    nullable: true,
    description: 'Ends the mute of a conversation. One that is not muted is a success.',
  })
  unmuteConversation(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The conversation.' }) input: UnmuteConversationInput,
  ): Promise<UnmuteConversationPayload> {
    return mutationPayload(async () => {
      const id = conversationId(input.conversationId)
      await this.commands.execute(new UnmuteConversation(id, userId))
      return { conversationId: id, conversation: { id } }
    })
  }

  @ResolveField(() => MuteType, {
    nullable: true,
    description: 'Whether the viewer has muted it. Nobody else sees it.',
  })
  async mute(@Parent() { id }: ConversationReference, @SignedIn() { userId }: Viewer): Promise<MuteType | null> {
    const conversation = conversationId(id)
    if (!(await this.admission.maySee(conversation, userId))) return null
    return muteView((await this.loaders.readState(userId, conversation)).mute ?? unmuted)
  }
}
