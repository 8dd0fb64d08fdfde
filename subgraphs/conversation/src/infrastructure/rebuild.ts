import type { Database, Transaction } from '@parley/platform/postgres/database'
import { recordedOf } from '@parley/platform/postgres/event-store'
import { asc, sql } from 'drizzle-orm'
import { project, type RecordedConversationEvent } from './projections'
import { conversations, events, members } from './schema'
import { storedConversation } from './stored-events'

const batch = 1_000

/**
 * Folds all events into empty projections and resolves with their number. One transaction: readers see the old state
 * until the new one is complete. Writers wait for it, otherwise an event could be folded twice or not at all. Messages
 * are not events of this subgraph: the activity that they caused is kept.
 */
export async function rebuildProjections(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`lock table ${events} in share mode`)
    await tx.execute(sql`lock table ${conversations} in share row exclusive mode`)
    await tx.execute(
      sql`create temporary table kept_activity on commit drop as select id, last_activity_at from ${conversations}`,
    )
    await tx.delete(members)
    await tx.delete(conversations)
    let folded = 0
    for (let rows = await readAfter(tx, undefined); rows.length > 0; rows = await readAfter(tx, rows.at(-1))) {
      await project(tx, rows)
      folded += rows.length
    }
    await carryActivityOver(tx)
    return folded
  })
}

async function carryActivityOver(tx: Transaction): Promise<void> {
  await tx.execute(sql`
    update conversations set last_activity_at = kept.last_activity_at from kept_activity kept
    where conversations.id = kept.id and conversations.last_activity_at < kept.last_activity_at`)
  await tx.execute(sql`
    update members set last_activity_at = conversations.last_activity_at from conversations
    where conversations.id = members.conversation_id and members.last_activity_at < conversations.last_activity_at`)
}

async function readAfter(
  tx: Transaction,
  last: RecordedConversationEvent | undefined,
): Promise<readonly RecordedConversationEvent[]> {
  const rows = await tx
    .select()
    .from(events)
    .where(last && sql`(${events.streamId}, ${events.version}) > (${last.streamId}::uuid, ${last.version}::integer)`)
    .orderBy(asc(events.streamId), asc(events.version))
    .limit(batch)
  return rows.map((row) => recordedOf(storedConversation, row))
}
