import { QueryBus } from '@nestjs/cqrs'
import { Args, Directive, Int, Query, Resolver } from '@nestjs/graphql'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { maxListed } from '@parley/platform/listing/read-page'
import { ListNotifications } from '../application/list-notifications'
import { NotificationConnectionType } from './notification.types'
import { connectionView, placeAt } from './views'

const usualPage = 20

@Resolver()
export class NotificationResolver {
  constructor(private readonly queries: QueryBus) {}

  @Query(() => NotificationConnectionType, {
    nullable: true,
    description: 'What the viewer has been told in the last 90 days, the newest first.',
  })
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["edges"], assumedSize: 20, requireOneSlicingArgument: false)',
  )
  async notifications(
    @SignedIn() { userId }: Viewer,
    @Args('first', {
      type: () => Int,
      nullable: true,
      defaultValue: usualPage,
      description: `How many at most, 1 to ${maxListed}.`,
    })
    first: number | null,
    @Args('after', {
      type: () => String,
      nullable: true,
      description: 'The cursor of the edge to go on from; from the beginning when left out.',
    })
    after: string | null | undefined,
  ): Promise<NotificationConnectionType> {
    const place = typeof after === 'string' ? placeAt(after) : null
    return connectionView(await this.queries.execute(new ListNotifications(userId, first ?? usualPage, place)))
  }
}
