import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { keptSeconds } from '../application/notifications'
import { addedNotifications, type Notification } from '../domain/notification'
import { DepartureDocument, MongoNotifications, NotificationDocument } from './mongo-notifications'

const batch = 2_000

/** Inserts in bulk the notifications that the events of a plan would have created and that have not expired. */
export async function importNotifications(
  connection: Connection,
  plan: AsyncIterable<PlannedConversation>,
  now: Date,
): Promise<void> {
  const notifications = new MongoNotifications(
    modelOn(connection, NotificationDocument),
    modelOn(connection, DepartureDocument),
  )
  const keptFrom = now.getTime() - keptSeconds * 1_000
  for await (const some of batchesOf(plan, batch, ({ memberIds }) => memberIds.length)) {
    await notifications.add(some.flatMap(addedIn).filter(({ at }) => at.getTime() >= keptFrom))
  }
}

const addedIn = ({ id, startedEventId, startedAt, memberIds }: PlannedConversation): readonly Notification[] =>
  addedNotifications({
    eventId: startedEventId,
    conversationId: id as ConversationId,
    actorId: memberIds[0] as UserId,
    memberIds: memberIds as readonly UserId[],
    version: 1,
    at: new Date(startedAt),
  })
