import { type AnyIntegrationEvent, integrationEvents } from '@parley/contracts/integration-events'
import { sql } from 'drizzle-orm'
import type { Transaction } from './database'
import { outbox } from './tables'

export const outboxChannel = 'parley_outbox'

/** Stores events in the transaction of the change that caused them; they are published if and only if it commits. */
export async function addToOutbox(tx: Transaction, ...added: readonly AnyIntegrationEvent[]): Promise<void> {
  if (added.length === 0) return
  await tx
    .insert(outbox)
    .values(added.map((event) => ({ topic: integrationEvents[event.type].topic, key: event.subject, event })))
  await tx.execute(sql`select pg_notify(${outboxChannel}, '')`)
}
