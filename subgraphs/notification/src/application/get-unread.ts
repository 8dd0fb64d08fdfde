import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { Notifications } from './notifications'

/**
 * The rule of the badge (I6): messages of others, in conversations that the viewer is in, with a seq beyond the viewer's
 * reading. Joining moves the reading to where one joined, so what was said before is not unread.
 */
export class GetUnread extends Query<number> {
  constructor(readonly userId: UserId) {
    super()
  }
}

@QueryHandler(GetUnread)
export class GetUnreadHandler implements IQueryHandler<GetUnread> {
  constructor(private readonly notifications: Notifications) {}

  execute({ userId }: GetUnread): Promise<number> {
    return this.notifications.countUnread(userId)
  }
}
