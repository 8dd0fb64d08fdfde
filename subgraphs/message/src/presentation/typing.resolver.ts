import { Args, Context, Field, ID, ObjectType, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { FollowTyping, maxTyping, type TypingFrame } from '../application/follow-typing'

@ObjectType('TypingFrame', { description: 'Who types in a conversation at the moment.' })
class TypingFrameType {
  @Field(() => ID, { description: 'Which conversation.' })
  conversationId!: string

  @Field(() => [ID], {
    description: `The members who type, first those who began first; at most ${maxTyping}. The viewer is among them: a client leaves its own id out.`,
  })
  userIds!: string[]
}

@Resolver()
export class TypingResolver {
  constructor(private readonly follow: FollowTyping) {}

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
}
