import { Args, Context, ID, Int, Resolver, Subscription } from '@nestjs/graphql'
import { conversationId } from '@parley/kernel/ids'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { FollowTimeline } from '../application/follow-timeline'
import type { FollowerOutput } from '../application/follower'
import { TimelineFrameType } from './timeline.types'
import { frameView } from './views'

/** The iterator cannot throw (one socket carries the streams of many users), so its failure becomes one here. */
function resolveFrame(output: FollowerOutput): TimelineFrameType {
  if ('failure' in output) throw output.failure
  return frameView(output.frame)
}

@Resolver()
export class TimelineResolver {
  constructor(private readonly follow: FollowTimeline) {}

  @Subscription(() => TimelineFrameType, {
    nullable: true,
    resolve: resolveFrame,
    description:
      'A conversation live, from a cursor: everything after it exactly once and in order, over any reconnect. Ends when the viewer leaves the conversation or the session ends.',
  })
  timeline(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
    @Args('conversationId', { type: () => ID, description: 'Which conversation.' }) id: string,
    @Args('after', { type: () => Int, description: 'The highest seq that the client has; 0 for everything.' })
    after: number,
  ): Promise<AsyncIterableIterator<FollowerOutput>> {
    return this.follow.open({ conversationId: conversationId(id), userId, after, expiresAt: expiresAt ?? 0 })
  }
}
