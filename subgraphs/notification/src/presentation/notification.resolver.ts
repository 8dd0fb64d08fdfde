import { QueryBus } from '@nestjs/cqrs'
import { Args, ArgsType, Query, Resolver } from '@nestjs/graphql'
import { SignedIn, type Viewer } from '@parley/platform/auth/viewer'
import { listArgs, ListCost } from '@parley/platform/listing/list-args'
import { ListNotifications } from '../application/list-notifications'
import { NotificationConnectionType } from './notification.types'
import { connectionView, placeAt } from './views'

const usualPage = 20

@ArgsType()
class NotificationsArgs extends listArgs(usualPage) {}

@Resolver()
export class NotificationResolver {
  constructor(private readonly queries: QueryBus) {}

  @Query(() => NotificationConnectionType, {
    nullable: true,
    description: 'The notifications of the viewer from the last 90 days, newest first.',
  })
  @ListCost(usualPage)
  async notifications(
    @SignedIn() { userId }: Viewer,
    @Args() { first, after }: NotificationsArgs,
  ): Promise<NotificationConnectionType> {
    const place = typeof after === 'string' ? placeAt(after) : null
    return connectionView(await this.queries.execute(new ListNotifications(userId, first ?? usualPage, place)))
  }
}
