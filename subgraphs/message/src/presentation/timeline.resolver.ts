import { QueryBus } from '@nestjs/cqrs'
import { Args, Context, Directive, ID, Int, Query, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { FollowTimeline } from '../application/follow-timeline'
import type { TimelineFrame } from '../application/follower'
import { GetHistory } from '../application/get-history'
import { PageArgs, PageCost, pageDescription, pageRange } from './page-args'
import { TimelineFrameType, TimelinePageType } from './timeline.types'
import { frameView, pageView } from './views'

@Resolver()
export class TimelineResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly follow: FollowTimeline,
  ) {}

  @Query(() => TimelinePageType, {
    nullable: true,
    description: `${pageDescription} The same as \`Conversation.history\`, but also available while conversations are not.`,
  })
  @PageCost()
  async timeline(
    @SignedIn() { userId }: Viewer,
    @Args('conversationId', { type: () => ID, description: 'The id of the conversation.' }) id: string,
    @Args() page: PageArgs,
  ): Promise<TimelinePageType> {
    return pageView(await this.queries.execute(new GetHistory(conversationId(id), userId, pageRange(page))))
  }

  @Query(() => Boolean, {
    nullable: true,
    description:
      'True when the viewer may follow the timeline after this cursor; otherwise the error of the subscription.',
  })
  @Directive('@inaccessible')
  async mayFollowTimeline(
    @SignedIn() { userId }: Viewer,
    @Args('conversationId', { type: () => ID, description: 'The id of the conversation.' }) id: string,
    @Args('after', { type: () => Int, description: 'The highest seq that the client has; 0 for everything.' })
    after: number,
  ): Promise<boolean> {
    await this.follow.assertMayFollow({ conversationId: conversationId(id), userId, after })
    return true
  }

  @Directive(
    '@shared(cursor: "after", position: "seq", endsFor: "endsFor", forgets: "forgets", admission: "mayFollowTimeline")',
  )
  @Subscription(() => TimelineFrameType, {
    name: 'timeline',
    nullable: true,
    resolve: frameView,
    description:
      'The live events of a conversation after a cursor, each exactly once and in order, also over reconnects. Ends when the viewer leaves the conversation or the session ends.',
  })
  followTimeline(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('conversationId', { type: () => ID, description: 'The id of the conversation.' }) id: string,
    @Args('after', { type: () => Int, description: 'The highest seq that the client has; 0 for everything.' })
    after: number,
  ): Promise<AsyncIterable<TimelineFrame>> {
    return this.follow.open({ conversationId: conversationId(id), userId, after, expiresAt: expiresAt ?? 0 })
  }
}
