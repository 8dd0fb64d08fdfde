import { Injectable } from '@nestjs/common'
import type { ConversationId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, type Transaction } from '@parley/platform/postgres/database'
import { and, eq, lt } from 'drizzle-orm'
import { ConversationActivity } from '../application/record-activity'
import { spreadActivity } from './projections'
import { conversations } from './schema'

/**
 * A message updates the rows of up to 100 members, by whose index the list is read. So it does that only when the last
 * update is this old: a busy conversation costs one write of its members in five seconds, and lists are accurate to
 * within that.
 */
export const activityStepMs = 5_000

/** About 10 MB. Whatever is evicted costs one read by its primary key when it is next active. */
export const maxKnown = 50_000

@Injectable()
export class PostgresActivity extends ConversationActivity {
  /** The last activity of conversations as this process saw it; in the database it only moves forward. */
  readonly #known = new Map<string, Date>()

  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async record(id: ConversationId, at: Date): Promise<void> {
    const known = this.#known.get(id) ?? (await this.#read(id))
    if (known === undefined || at.getTime() - known.getTime() <= activityStepMs) return
    const hasMoved = await this.db.transaction((tx) => recordActivity(tx, id, at))
    if (hasMoved) this.#keep(id, at)
    else await this.#read(id)
  }

  /** Undefined for an unknown conversation. */
  async #read(id: ConversationId): Promise<Date | undefined> {
    const [row] = await this.db
      .select({ at: conversations.lastActivityAt })
      .from(conversations)
      .where(eq(conversations.id, id))
    if (row !== undefined) this.#keep(id, row.at)
    return row?.at
  }

  #keep(id: string, at: Date): void {
    this.#known.delete(id)
    this.#known.set(id, at)
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size > maxKnown) this.#known.delete(oldest)
  }
}

/** False when the last activity was not old enough. */
export async function recordActivity(tx: Transaction, id: string, at: Date): Promise<boolean> {
  const since = new Date(at.getTime() - activityStepMs)
  const moved = await tx
    .update(conversations)
    .set({ lastActivityAt: at })
    .where(and(eq(conversations.id, id), lt(conversations.lastActivityAt, since)))
    .returning({ id: conversations.id })
  if (moved.length > 0) await spreadActivity(tx, id)
  return moved.length > 0
}
