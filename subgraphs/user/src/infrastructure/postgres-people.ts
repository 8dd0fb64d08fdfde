import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, InjectSql, type Sql } from '@parley/platform/postgres/database'
import { and, like, ne, sql } from 'drizzle-orm'
import { People } from '../application/people'
import type { User } from '../domain/account'
import { userSearchTerms } from './schema'
import { type PublicRow, userOf } from './user-rows'

/**
 * A user has several terms, so more terms are read than users are wanted; the bound keeps a one-letter search cheap.
 */
const termsRead = 500

const startsWith = (prefix: string): string => `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** Drizzle has turned off the driver's own parsing of times. */
type TextRow = Omit<PublicRow, 'createdAt'> & { readonly createdAt: string }

@Injectable()
export class PostgresPeople extends People {
  constructor(
    @InjectDatabase() private readonly db: Database,
    @InjectSql() private readonly client: Sql,
  ) {
    super()
  }

  override async byIds(ids: readonly UserId[]): Promise<readonly User[]> {
    if (ids.length === 0) return []
    // Asked all the time: one prepared statement for any number of ids.
    const rows = await this.client<TextRow[]>`
      select id, username, display_name as "displayName", created_at as "createdAt"
      from users where id = any(${`{${ids.join()}}`}::text::uuid[])`
    return rows.map((row) => userOf({ ...row, createdAt: new Date(row.createdAt) }))
  }

  override async find(prefix: string, except: UserId, limit: number): Promise<readonly User[]> {
    const hits = await this.db
      .select({ userId: userSearchTerms.userId })
      .from(userSearchTerms)
      .where(and(like(userSearchTerms.term, startsWith(prefix)), ne(userSearchTerms.userId, except)))
      // The order of the index, so that no sort is needed: exact matches come first.
      .orderBy(sql`${userSearchTerms.term} using ~<~`, userSearchTerms.userId)
      .limit(termsRead)
    const ids = [...new Set(hits.map(({ userId }) => userId as UserId))].slice(0, limit)
    const found = new Map((await this.byIds(ids)).map((user) => [user.id, user]))
    return ids.flatMap((id) => found.get(id) ?? [])
  }
}
