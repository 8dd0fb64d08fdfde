import { Injectable } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, type Transaction } from '@parley/platform/postgres/database'
import DataLoader from 'dataloader'
import { sql } from 'drizzle-orm'
import { ConversationActivity } from '../application/record-activity'
import { isAmong, spreadActivity } from './projections'
import { conversations } from './schema'

/**
 * A message updates the rows of up to 100 members, by whose index the list is read. So it does that only when the last
 * update is this old: a busy conversation costs one write of its members in five seconds, and lists are accurate to
 * within that.
 */
export const activityStepMs = 5_000

/** About 10 MB. Whatever is evicted costs one read by its primary key when it is next active. */
export const maxKnown = 50_000

interface Active {
  readonly id: ConversationId
  readonly at: Date
}

/** Many conversations are active at the same time: what is recorded while one write is under way is the next write. */
@Injectable()
export class PostgresActivity extends ConversationActivity {
  /** The last activity of conversations as this process saw it; in the database it only moves forward. */
  readonly #known = new Map<string, Date>()
  #writing: Promise<unknown> = Promise.resolve()
  readonly #next = new DataLoader<Active, null>(
    (batch) => {
      const written = this.#write(batch)
      this.#writing = written
      return written
    },
    { cache: false, maxBatchSize: 500, batchScheduleFn: (write) => void this.#writing.then(write, write) },
  )

  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async record(id: ConversationId, at: Date): Promise<void> {
    const known = this.#known.get(id)
    if (known === undefined || at.getTime() - known.getTime() > activityStepMs) await this.#next.load({ id, at })
  }

  async #write(batch: readonly Active[]): Promise<readonly null[]> {
    const latest = latestOf(batch)
    const moved = await this.db.transaction((tx) => recordActivity(tx, latest))
    const young = [...latest.keys()].filter((id) => !moved.has(id))
    for (const [id, at] of moved) this.#keep(id, at)
    if (young.length > 0) await this.#read(young)
    return batch.map(() => null)
  }

  /** Finds nothing for an unknown conversation. */
  async #read(ids: readonly string[]): Promise<void> {
    const rows = await this.db
      .select({ id: conversations.id, at: conversations.lastActivityAt })
      .from(conversations)
      .where(isAmong(conversations.id, ids))
    for (const { id, at } of rows) this.#keep(id, at)
  }

  #keep(id: string, at: Date): void {
    this.#known.delete(id)
    this.#known.set(id, at)
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size > maxKnown) this.#known.delete(oldest)
  }
}

function latestOf(batch: readonly Active[]): ReadonlyMap<string, Date> {
  const latest = new Map<string, Date>()
  for (const { id, at } of batch) {
    const other = latest.get(id)
    if (other === undefined || other < at) latest.set(id, at)
  }
  return latest
}

/**
 * Resolves with those whose last activity was old enough. Conversations are locked in the order of their ids, and before
 * their members: two processes that write the same ones wait for each other, and never both.
 */
export async function recordActivity(
  tx: Transaction,
  latest: ReadonlyMap<string, Date>,
): Promise<ReadonlyMap<string, Date>> {
  const ids = `{${[...latest.keys()].join()}}`
  const times = `{${Array.from(latest.values(), (at) => at.toISOString()).join()}}`
  const step = `${activityStepMs} milliseconds`
  const rows = await tx.execute<{ id: string }>(sql`
    with due as (
      select ${conversations.id}, active.at from ${conversations}
      join unnest(${ids}::text::uuid[], ${times}::text::timestamptz[]) as active (id, at) using (id)
      where ${isAmong(conversations.id, [...latest.keys()])}
        and ${conversations.lastActivityAt} < active.at - ${step}::interval
      order by ${conversations.id} for update of ${conversations}
    )
    update ${conversations} set last_activity_at = due.at from due where ${conversations.id} = due.id
    returning ${conversations.id}`)
  const found = new Set(rows.map(({ id }) => id))
  const moved = new Map([...latest].filter(([id]) => found.has(id)))
  if (moved.size > 0) await spreadActivity(tx, [...moved.keys()])
  return moved
}
