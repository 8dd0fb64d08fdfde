import { Args, Context, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { FollowInbox, type InboxFrame } from '../application/follow-inbox'
import { InboxEntryType, InboxFrameType } from './inbox.types'
import { Loaders } from './loaders'
import { MessageType, messageView } from './message.types'
import { inboxFrameView } from './inbox-views'

@Resolver(() => InboxEntryType)
export class InboxResolver {
  constructor(
    private readonly follow: FollowInbox,
    private readonly loaders: Loaders,
  ) {}

  @Subscription(() => InboxFrameType, {
    name: 'inbox',
    nullable: true,
    resolve: inboxFrameView,
    description:
      'The live inbox of the viewer, one light stream for all conversations: the head, the unread count and the newest message of each. The first frame has only changes after the cursor; changes within a short time are combined into one frame. Ends when the session ends.',
  })
  inbox(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('after', {
      type: () => String,
      nullable: true,
      description:
        'The cursor of the last frame. Without it the stream starts now: load the list after the first frame.',
    })
    after: string | null | undefined,
  ): Promise<AsyncIterableIterator<InboxFrame>> {
    return this.follow.open({ userId, after: after ?? null, expiresAt: expiresAt ?? 0 })
  }

  /** The newest message is in memory if it arrived just now. */
  @ResolveField()
  async lastMessage(@Parent() entry: InboxEntryType): Promise<MessageType | null> {
    if (entry.lastMessage !== undefined) return entry.lastMessage
    const message = await this.loaders.lastMessage(conversationId(entry.conversationId), entry.headSeq)
    return message === null ? null : messageView(message)
  }
}
