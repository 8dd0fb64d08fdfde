import { batchesOf } from '@parley/contracts/demo-batches'
import type { PlannedConversation } from '@parley/contracts/demo-plan'
import type { ClientId, ConversationId, MessageId, UserId } from '@parley/kernel/ids'
import { MembershipDocument } from '@parley/memberships/membership-documents'
import { plannedMembership } from '@parley/memberships/planned-membership'
import { insertMissing } from '@parley/platform/mongo/insert-missing'
import { type Connection, modelOn } from '@parley/platform/mongo/mongo.module'
import { messageOf } from '../domain/message'
import { isMessage, type TimelineEntry } from '../domain/timeline-event'
import { EventDocument, HeadDocument, MessageDocument, ReadPositionDocument } from './documents'
import { toDocument, toEvent } from './event-documents'
import { Projections } from './projections'

const batch = 2_000

/**
 * Writes logs as their events would have made them, with what is folded from them, in bulk. Nothing is pending: the other
 * subgraphs import the same plan. The start of a conversation has the client id that its announcement on Kafka would have.
 */
export async function importTimelines(connection: Connection, plan: AsyncIterable<PlannedConversation>): Promise<void> {
  for await (const some of batchesOf(plan, batch, ({ messages }) => messages.length)) await importSome(connection, some)
}

async function importSome(connection: Connection, plan: readonly PlannedConversation[]): Promise<void> {
  const rows = plan.flatMap(logOf)
  const events = rows.map(toEvent)
  await Promise.all([
    insertMissing(modelOn(connection, EventDocument), rows),
    insertMissing(modelOn(connection, MessageDocument), events.filter(isMessage).map(messageOf).map(toRow)),
    insertMissing(modelOn(connection, ReadPositionDocument), plan.flatMap(readingsOf)),
    insertMissing(modelOn(connection, MembershipDocument), plan.map(plannedMembership)),
  ])
  const projections = new Projections(modelOn(connection, MessageDocument), modelOn(connection, HeadDocument))
  await projections.applyHeads(events)
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
  const sent = messages.map(({ id, clientId, authorId, at, text }): TimelineEntry => ({
    type: 'MessageSent',
    data: { messageId: id as MessageId, text },
    conversationId,
    actorId: authorId as UserId,
    clientId: clientId as ClientId,
    at: new Date(at),
  }))
  return [start, ...sent].map((entry, index) => {
    const { pending: _relayed, ...row } = toDocument(entry, index + 1)
    return row
  })
}

const toRow = ({ id, ...message }: ReturnType<typeof messageOf>): MessageDocument => ({ _id: id, ...message })

const readingsOf = ({ id, readSeqs }: PlannedConversation): ReadPositionDocument[] =>
  Object.entries(readSeqs).map(([userId, seq]) => ({ _id: `${userId}:${id}`, userId, conversationId: id, seq }))
