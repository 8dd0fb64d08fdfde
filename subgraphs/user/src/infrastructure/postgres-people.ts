import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { and, eq, inArray, like, ne, sql } from 'drizzle-orm'
import { People } from '../application/people'
import type { User } from '../domain/account'
import { userSearchTerms, users } from './schema'
import { publicColumns, userOf } from './user-rows'

/** One person has several terms, so more of them are read than people wanted; a bound keeps a one-letter search cheap. */
const termsRead = 500

const startsWith = (prefix: string): string => `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

@Injectable()
export class PostgresPeople extends People {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async byIds(ids: readonly UserId[]): Promise<readonly User[]> {
    if (ids.length === 0) return []
    const rows = await this.db
      .select(publicColumns)
      .from(users)
      .where(inArray(users.id, [...ids]))
    return rows.map(userOf)
  }

  override async find(prefix: string, except: UserId, limit: number): Promise<readonly User[]> {
    const hits = this.db
      .select({ userId: userSearchTerms.userId, term: userSearchTerms.term })
      .from(userSearchTerms)
      .where(and(like(userSearchTerms.term, startsWith(prefix)), ne(userSearchTerms.userId, except)))
      // The order of the text_pattern_ops index: what matches exactly comes first.
      .orderBy(sql`${userSearchTerms.term} using ~<~`)
      .limit(termsRead)
      .as('hits')
    const best = this.db
      .select({ userId: hits.userId, term: sql<string>`min(${hits.term} collate "C")`.as('best_term') })
      .from(hits)
      .groupBy(hits.userId)
      .as('best')
    const rows = await this.db
      .select(publicColumns)
      .from(users)
      .innerJoin(best, eq(users.id, best.userId))
      .orderBy(best.term, users.username)
      .limit(limit)
    return rows.map(userOf)
  }
}
