import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs'
import { DomainError } from '@parley/kernel/errors'
import type { UserId } from '@parley/kernel/ids'
import type { Notification } from '../domain/notification'
import { Notifications } from './notifications'

export const maxListed = 100

export interface NotificationPage {
  readonly notifications: readonly Notification[]
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

/** A page of the viewer's notifications from a place on, the newest first. */
export class ListNotifications extends Query<NotificationPage> {
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

  async execute({ viewer, first, after }: ListNotifications): Promise<NotificationPage> {
    if (first < 1 || first > maxListed)
      throw new DomainError('input', 'INVALID_INPUT', `Ask for 1 to ${maxListed} notifications at a time.`)
    const found = await this.notifications.list(viewer, after, first + 1)
    return {
      notifications: found.slice(0, first),
      hasNextPage: found.length > first,
      // A cursor stands on a row that was listed before this page.
      hasPreviousPage: after !== null,
    }
  }
}
