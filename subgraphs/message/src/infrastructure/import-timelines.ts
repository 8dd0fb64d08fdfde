import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { MembershipDocument } from '@parley/memberships/membership-documents'
import { plannedMembership } from '@parley/memberships/planned-membership'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { messagesAfter } from '../domain/message'
import { afterOwnLine, afterReading, unread } from '../domain/read-state'
import { beginning, placeAfter, type TimelineEntry, type TimelineEvent } from '../domain/timeline-event'
import {
  EventDocument,
  HeadDocument,
  InboxDocument,
  MessageDocument,
  MentionsOfUserDocument,
  ThreadReadDocument,
} from './documents'
import { toDocument, toEvent } from './event-documents'
import { inboxId } from './inbox-rows'
import { toRow } from './message-rows'
import { Projections } from './projections'

const batch = 2_000

/**
 * Writes logs and their projections in bulk, as their events would have created them. Nothing is pending: the other
 * subgraphs import the same plan. The start of a conversation has the client id that its event on Kafka would have.
 */
export async function importTimelines(connection: Connection, plan: AsyncIterable<PlannedConversation>): Promise<void> {
  for await (const some of batchesOf(plan, batch, ({ messages }) => messages.length)) await importSome(connection, some)
}

async function importSome(connection: Connection, plan: readonly PlannedConversation[]): Promise<void> {
  const logs = plan.map((planned) => ({ planned, rows: logOf(planned) }))
  const rows = logs.flatMap((log) => log.rows)
  const events = rows.map(toEvent)
  await Promise.all([
    insertMissing(modelOn(connection, EventDocument), rows),
    insertMissing(modelOn(connection, MessageDocument), [...messagesAfter(events).values()].map(toRow)),
    insertMissing(
      modelOn(connection, InboxDocument),
      logs.flatMap(({ planned, rows: log }) => inboxOf(planned, log.map(toEvent))),
    ),
    insertMissing(modelOn(connection, MembershipDocument), plan.map(plannedMembership)),
  ])
  const projections = new Projections(
    modelOn(connection, MessageDocument),
    modelOn(connection, HeadDocument),
    modelOn(connection, InboxDocument),
    modelOn(connection, ThreadReadDocument),
    modelOn(connection, MentionsOfUserDocument),
  )
  await projections.foldHeads(events)
}

function logOf({ messages, ...planned }: PlannedConversation): EventDocument[] {
  const conversationId = planned.id as ConversationId
  const start: TimelineEntry = {
    type: 'ConversationStarted',
    data: { title: planned.title },
    conversationId,
    actorId: planned.memberIds[0] as UserId,
    clientId: planned.startedEventId as ClientId,
    at: new Date(planned.startedAt),
  }
  const sent = messages.map(({ id, clientId, authorId, at, text, replyToId }): TimelineEntry => ({
    type: 'MessageSent',
    data: {
      messageId: id as MessageId,
      text,
      ...(replyToId === undefined ? {} : { replyToId: replyToId as MessageId }),
    },
    conversationId,
    actorId: authorId as UserId,
    clientId: clientId as ClientId,
    at: new Date(at),
  }))
  let place = beginning
  return [start, ...sent].map((entry) => {
    const { pending: _relayed, ...row } = toDocument(entry, (place = placeAfter(place, entry)))
    return row
  })
}

/** Every event of a planned conversation makes a line, so that its seqs are its lines. */
const inboxOf = ({ id, memberIds, readSeqs }: PlannedConversation, log: readonly TimelineEvent[]): InboxDocument[] =>
  memberIds.map((userId) => {
    const own = log.filter(({ actorId }) => actorId === userId).map(({ lines }) => lines)
    const seenLine = readSeqs[userId] ?? 1
    const { readLine, ownLines } = own.reduce(afterOwnLine, afterReading(unread, seenLine))
    return {
      _id: inboxId(userId, id),
      userId,
      conversationId: id,
      readLine,
      ownLines: [...ownLines],
      seenLine,
      changedAt: log.at(-1)?.at ?? new Date(0),
    }
  })
