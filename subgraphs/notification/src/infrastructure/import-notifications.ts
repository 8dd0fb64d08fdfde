import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { MembershipDocument } from '@parley/memberships/membership-documents'
import { plannedMembership } from '@parley/memberships/planned-membership'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { joiningNotifications, messageNotifications, type SentMessage } from '../domain/notification'
import { keptSeconds, NotificationDocument, ReadMarkDocument, RecentMessageDocument } from './documents'

const batch = 2_000
const excerptCharacters = 200

/**
 * The readings, memberships and unread notifications that the events of a plan would have left, in bulk. Of a message that
 * everybody has read nothing is kept: it counts nowhere, and there would be millions.
 */
export async function importNotifications(
  connection: Connection,
  plan: AsyncIterable<PlannedConversation>,
  now: Date,
): Promise<void> {
  for await (const some of batchesOf(plan, batch, ({ messages }) => messages.length))
    await importSome(connection, some, now)
}

async function importSome(connection: Connection, plan: readonly PlannedConversation[], now: Date): Promise<void> {
  const keptFrom = now.getTime() - keptSeconds * 1_000
  const recent = plan.flatMap(messagesOf).filter(({ at }) => at.getTime() >= keptFrom)
  await Promise.all([
    insertMissing(modelOn(connection, NotificationDocument), plan.flatMap(notificationsOf)),
    insertMissing(modelOn(connection, ReadMarkDocument), plan.flatMap(marksOf)),
    insertMissing(
      modelOn(connection, RecentMessageDocument),
      recent.map(({ eventId, ...message }) => ({ _id: eventId, ...message })),
    ),
    insertMissing(modelOn(connection, MembershipDocument), plan.map(plannedMembership)),
  ])
}

const messagesOf = ({ id, messages }: PlannedConversation): SentMessage[] =>
  messages.map((message, index) => ({
    eventId: message.id,
    conversationId: id as ConversationId,
    // The start of the conversation is the first.
    seq: index + 2,
    authorId: message.authorId as UserId,
    excerpt: [...message.text].slice(0, excerptCharacters).join('').slice(0, excerptCharacters),
    at: new Date(message.at),
  }))

function notificationsOf(planned: PlannedConversation): NotificationDocument[] {
  const memberIds = planned.memberIds as readonly UserId[]
  const readSeqOf = (userId: string): number => planned.readSeqs[userId] ?? 0
  const added = joiningNotifications({
    eventId: planned.startedEventId,
    conversationId: planned.id as ConversationId,
    actorId: memberIds[0] as UserId,
    joinerIds: memberIds,
    at: new Date(planned.startedAt),
  })
  const unread = messagesOf(planned).flatMap((message) =>
    messageNotifications(
      message,
      memberIds.filter((userId) => readSeqOf(userId) < message.seq),
    ),
  )
  return [...added, ...unread].map(({ id, ...told }) => ({
    _id: id,
    ...told,
    read: told.kind === 'added' && readSeqOf(told.userId) > 0,
  }))
}

const marksOf = ({ id, readSeqs }: PlannedConversation): ReadMarkDocument[] =>
  Object.entries(readSeqs).map(([userId, seq]) => ({ _id: `${userId}:${id}`, userId, conversationId: id, seq }))
