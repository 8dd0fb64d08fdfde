import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { and, asc, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm'
import {
  ConversationDirectory,
  type ConversationSummary,
  type ListPosition,
  type MemberSummary,
} from '../application/conversation-directory'
import { conversations, members } from './schema'

@Injectable()
export class PostgresConversationDirectory extends ConversationDirectory {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async visibleTo(viewer: UserId, ids: readonly ConversationId[]): Promise<readonly ConversationSummary[]> {
    const rows = await this.#memberships().where(
      and(eq(members.userId, viewer), inArray(members.conversationId, [...ids])),
    )
    return rows.map(summaryOf)
  }

  override async listOf(
    viewer: UserId,
    after: ListPosition | null,
    limit: number,
  ): Promise<readonly ConversationSummary[]> {
    const rows = await this.#memberships()
      .where(and(eq(members.userId, viewer), after === null ? undefined : isAfter(after)))
      .orderBy(desc(members.lastActivityAt), desc(members.conversationId))
      .limit(limit)
    return rows.map(summaryOf)
  }

  override async membersOf(
    ids: readonly ConversationId[],
  ): Promise<ReadonlyMap<ConversationId, readonly MemberSummary[]>> {
    const rows = await this.db
      .select()
      .from(members)
      .where(inArray(members.conversationId, [...ids]))
      .orderBy(asc(members.conversationId), asc(members.joinedVersion), asc(members.joinedPlace))
    const byConversation = Map.groupBy(rows, ({ conversationId }) => conversationId as ConversationId)
    return new Map([...byConversation].map(([id, joined]) => [id, joined.map(memberOf)]))
  }

  #memberships() {
    return this.db
      .select(getTableColumns(conversations))
      .from(members)
      .innerJoin(conversations, eq(conversations.id, members.conversationId))
      .$dynamic()
  }
}

/** One comparison of the pair, so that the index scan starts at the position. */
const isAfter = ({ lastActivityAt, id }: ListPosition) =>
  sql`(${members.lastActivityAt}, ${members.conversationId}) < (${lastActivityAt.toISOString()}::timestamptz, ${id}::uuid)`

const summaryOf = ({ id, ...row }: typeof conversations.$inferSelect): ConversationSummary => ({
  ...row,
  id: id as ConversationId,
})

const memberOf = ({ userId, role, joinedAt }: typeof members.$inferSelect): MemberSummary => ({
  userId: userId as UserId,
  role,
  joinedAt,
})
