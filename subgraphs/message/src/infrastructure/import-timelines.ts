import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import { MembershipDocument } from '@parley/memberships/membership-documents'
import { plannedMembership } from '@parley/memberships/planned-membership'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { messagesAfter } from '../domain/message'
import { afterOwnLine, afterReading, unread } from '../domain/read-state'
import { lineOf, type TimelineEvent } from '../domain/timeline-event'
import {
  EventDocument,
  HeadDocument,
  InboxDocument,
  MessageDocument,
  MentionsOfUserDocument,
  ThreadReadDocument,
} from './documents'
import { toDocument } from './event-documents'
import { inboxId, threadReadId } from './inbox-rows'
import { toRow } from './message-rows'
import { plannedLog } from './planned-log'
import { Projections } from './projections'

const batch = 2_000

/**
 * Writes logs and their projections in bulk, as their events would have created them. Nothing is pending: the other
 * subgraphs import the same plan.
 */
export async function importTimelines(connection: Connection, plan: AsyncIterable<PlannedConversation>): Promise<void> {
  for await (const some of batchesOf(plan, batch, ({ messages }) => messages.length)) await importSome(connection, some)
}

async function importSome(connection: Connection, plan: readonly PlannedConversation[]): Promise<void> {
  const logs = plan.map((planned) => ({ planned, log: plannedLog(planned) }))
  const events = logs.flatMap(({ log }) => log)
  await Promise.all([
    insertMissing(modelOn(connection, EventDocument), rowsOf(events)),
    insertMissing(modelOn(connection, MessageDocument), [...messagesAfter(events).values()].map(toRow)),
    insertMissing(
      modelOn(connection, InboxDocument),
      logs.flatMap(({ planned, log }) => inboxOf(planned, log)),
    ),
    insertMissing(modelOn(connection, ThreadReadDocument), plan.flatMap(threadReadsOf)),
    insertMissing(modelOn(connection, MembershipDocument), plan.map(plannedMembership)),
  ])
  const projections = new Projections(
    modelOn(connection, MessageDocument),
    modelOn(connection, HeadDocument),
    modelOn(connection, InboxDocument),
    modelOn(connection, ThreadReadDocument),
    modelOn(connection, MentionsOfUserDocument),
  )
  await projections.complete(events)
}

function rowsOf(log: readonly TimelineEvent[]): EventDocument[] {
  return log.map((event) => {
    const { pending: _relayed, ...row } = toDocument(event, event)
    return row
  })
}

const inboxOf = (
  { id, memberIds, readLines }: PlannedConversation,
  log: readonly TimelineEvent[],
): readonly InboxDocument[] =>
  memberIds.map((userId) => {
    const own = log.flatMap((event) => (event.actorId === userId ? (lineOf(event) ?? []) : []))
    const seenLine = readLines[userId] ?? 1
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

/** Read positions in threads; those who replied have their own lines from the projection. */
const threadReadsOf = ({ id, threadReadings = [] }: PlannedConversation): readonly ThreadReadDocument[] =>
  threadReadings.map(({ userId, rootId, line }) => ({
    _id: threadReadId(userId, rootId),
    userId,
    conversationId: id,
    rootId,
    readLine: line,
    ownLines: [],
    changedAt: new Date(0),
  }))
