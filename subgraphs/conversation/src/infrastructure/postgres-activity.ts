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

@Injectable()
export class PostgresActivity extends ConversationActivity {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async record(id: ConversationId, at: Date): Promise<void> {
    await this.db.transaction((tx) => recordActivity(tx, id, at))
  }
}

export async function recordActivity(tx: Transaction, id: string, at: Date): Promise<void> {
  const since = new Date(at.getTime() - activityStepMs)
  const moved = await tx
    .update(conversations)
    .set({ lastActivityAt: at })
    .where(and(eq(conversations.id, id), lt(conversations.lastActivityAt, since)))
    .returning({ id: conversations.id })
  if (moved.length > 0) await spreadActivity(tx, id)
}
