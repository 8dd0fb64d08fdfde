import { CommandBus } from '@nestjs/cqrs'
import { Args, Context, Field, ID, InputType, Mutation, ObjectType, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { mutationPayload, PayloadType } from '@parley/platform/graphql/mutation-payload'
import { FollowTyping, maxTyping, type TypingFrame } from '../application/follow-typing'
import { SetTyping } from '../application/set-typing'

@ObjectType('TypingFrame', { description: 'Who types in a conversation at the moment.' })
class TypingFrameType {
  @Field(() => ID, { description: 'Which conversation.' })
  conversationId!: string

  @Field(() => [ID], {
    description: `The members who type, first those who began first; at most ${maxTyping}. The viewer is among them: a client leaves its own id out.`,
  })
  userIds!: string[]
}

@InputType({ description: 'Whether the viewer types.' })
class SetTypingInput {
  @Field(() => ID, { description: 'Where.' })
  conversationId!: string

  @Field(() => Boolean, { description: 'True again every 3 s for as long as they type, false when they stop.' })
  typing!: boolean
}

@ObjectType({ description: 'The members who follow `typing` hear of it, best effort.' })
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
      'Who types in a conversation, best effort: a frame at first, whenever it changes, and now and then as a sign of life. Ends when the viewer leaves the conversation or the session ends.',
  })
  typing(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('conversationId', { type: () => ID, description: 'Which conversation.' }) id: string,
  ): Promise<AsyncIterable<TypingFrame>> {
    return this.follow.open({ conversationId: conversationId(id), userId, expiresAt: expiresAt ?? 0 })
  }
  @Mutation(() => SetTypingPayload, {
    nullable: true,
    description: 'Tells the other members that the viewer types, or has stopped. They forget it after 6 s.',
  })
  setTyping(
    @SignedIn() { userId }: Viewer,
    @Args('input', { description: 'Where, and whether.' }) input: SetTypingInput,
  ): Promise<SetTypingPayload> {
    return mutationPayload(async () => {
      await this.commands.execute(new SetTyping(conversationId(input.conversationId), userId, input.typing))
      return {}
    })
  }
}
