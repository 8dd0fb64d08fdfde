import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import type { UserId } from '@parley/kernel/ids'
import { type Page, readPage } from '@parley/platform/listing/read-page'
import type { Notification } from '../domain/notification'
import { Notifications } from './notifications'

/** A page of the viewer's notifications after a cursor, newest first. */
export class ListNotifications extends Query<Page<Notification>> {
  constructor(
    readonly viewer: UserId,
    readonly first: number,
    readonly after: string | null,
  ) {
    super()
  }
}

@QueryHandler(ListNotifications)
export class ListNotificationsHandler implements IQueryHandler<ListNotifications> {
  constructor(private readonly notifications: Notifications) {}

  execute({ viewer, first, after }: ListNotifications): Promise<Page<Notification>> {
    return readPage('notifications', { first, after }, (limit) => this.notifications.list(viewer, after, limit))
  }
}
