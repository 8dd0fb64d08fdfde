import { QueryBus } from '@nestjs/cqrs'
import { Context, Query, Resolver, Subscription } from '@nestjs/graphql'
import { type GraphQLContext, SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import type { BadgeOutput } from '../application/badge-stream'
import { FollowBadge } from '../application/follow-badge'
import { GetUnread } from '../application/get-unread'
import { BadgeType, BadgeUpdateType } from './badge.types'
import { badgeUpdateView, badgeView } from './views'

/** The iterator cannot throw (one socket carries the streams of many users), so its failure becomes one here. */
function resolveUpdate(output: BadgeOutput): BadgeUpdateType {
  if ('failure' in output) throw output.failure
  return badgeUpdateView(output.frame)
}

@Resolver()
export class BadgeResolver {
  constructor(
    private readonly queries: QueryBus,
    private readonly follow: FollowBadge,
  ) {}

  @Query(() => BadgeType, { nullable: true, description: 'How much waits for the viewer.' })
  async badge(@SignedIn() { userId }: Viewer): Promise<BadgeType> {
    return badgeView(await this.queries.execute(new GetUnread(userId)))
  }

  @Subscription(() => BadgeUpdateType, {
    nullable: true,
    name: 'badge',
    resolve: resolveUpdate,
    description:
      'The badge live: the count at once, then again with each conversation that changes. Ends when the session ends.',
  })
  followBadge(
    @SignedIn() { userId }: Viewer,
    @Context() { expiresAt }: GraphQLContext,
  ): AsyncIterableIterator<BadgeOutput> {
    return this.follow.open({ userId, expiresAt: expiresAt ?? 0 })
  }
}
