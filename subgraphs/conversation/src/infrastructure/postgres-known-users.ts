import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { inArray } from 'drizzle-orm'
import { KnownUsers } from '../application/known-users'
import { knownUsers } from './schema'

@Injectable()
export class PostgresKnownUsers extends KnownUsers {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async among(ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const rows = await this.db
      .select()
      .from(knownUsers)
      .where(inArray(knownUsers.id, [...ids]))
    return new Set(rows.map(({ id }) => id as UserId))
  }

  override async add(ids: readonly UserId[]): Promise<void> {
    if (ids.length === 0) return
    await this.db
      .insert(knownUsers)
      .values(ids.map((id) => ({ id })))
      .onConflictDoNothing()
  }
}
