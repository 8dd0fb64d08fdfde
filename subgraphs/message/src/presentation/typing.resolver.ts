import { CommandBus } from '@nestjs/cqrs'
import { Args, Context, Field, ID, InputType, Mutation, ObjectType, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { FollowTyping, maxTyping, type TypingFrame } from '../application/follow-typing'
import { SetTyping } from '../application/set-typing'

@ObjectType('TypingFrame', { description: 'The members who are typing in a conversation.' })
class TypingFrameType {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => [ID], {
    description: `The ids of the typing members, in the order in which they started; at most ${maxTyping}. The viewer may be among them: a client removes its own id.`,
  })
  userIds!: string[]
}

@InputType({ description: 'Whether the viewer is typing.' })
class SetTypingInput {
  @Field(() => ID, { description: 'The id of the conversation.' })
  conversationId!: string

  @Field(() => Boolean, { description: 'True, repeated every 3 s while the viewer types; false when they stop.' })
  typing!: boolean
}

@ObjectType({ description: 'It is sent to the subscribers of `typing`, best effort.' })
class SetTypingPayload extends PayloadType {}

@Resolver()
export class TypingResolver {
  constructor(
    private readonly commands: CommandBus,
    private readonly follow: FollowTyping,
  ) {}

  @Subscription(() => TypingFrameType, {
    name: 'typing',
    nullable: true,
    resolve: (frame: TypingFrame) => frame,
    description:
      'The members who are typing in a conversation, best effort: a first frame, one after every change, and heartbeats. Ends when the viewer leaves the conversation or the session ends.',
  })
  typing(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('conversationId', { type: () => ID, description: 'The id of the conversation.' }) id: string,
  ): Promise<AsyncIterable<TypingFrame>> {
    return this.follow.open({ conversationId: conversationId(id), userId, expiresAt: expiresAt ?? 0 })
  }
  @Mutation(() => SetTypingPayload, {
    nullable: true,
    description: 'Announces to the other members that the viewer is typing, or has stopped. It expires after 6 s.',
  })
  setTyping(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'The conversation, and whether the viewer is typing.' }) input: SetTypingInput,
  ): Promise<SetTypingPayload> {
    return mutationPayload(async () => {
      await this.commands.execute(new SetTyping(conversationId(input.conversationId), userId, input.typing))
      return {}
    })
  }
}
