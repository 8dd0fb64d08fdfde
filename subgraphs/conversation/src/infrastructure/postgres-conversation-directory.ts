import { Injectable } from '@nestjs/common'
import type { ConversationId, UserId } from '@parley/kernel/ids'
import { type Database, InjectDatabase } from '@parley/platform/postgres/database'
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import {
  ConversationDirectory,
  type ConversationSummary,
  type ListedConversation,
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
    return rows.map(({ conversation }) => summaryOf(conversation))
  }

  override async listOf(
    viewer: UserId,
    after: ListPosition | null,
    limit: number,
  ): Promise<readonly ListedConversation[]> {
    const rows = await this.#memberships()
      .where(and(eq(members.userId, viewer), after === null ? undefined : isAfter(after)))
      .orderBy(desc(members.joinedAt), desc(members.conversationId))
      .limit(limit)
    return rows.map(({ joinedAt, conversation }) => ({ joinedAt, conversation: summaryOf(conversation) }))
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
      .select({ joinedAt: members.joinedAt, conversation: conversations })
      .from(members)
      .innerJoin(conversations, eq(conversations.id, members.conversationId))
      .$dynamic()
  }
}

/** One comparison of the pair, so that the index is entered at the position. */
const isAfter = ({ joinedAt, id }: ListPosition) =>
  sql`(${members.joinedAt}, ${members.conversationId}) < (${joinedAt.toISOString()}::timestamptz, ${id}::uuid)`

const summaryOf = ({
  id,
  kind,
  title,
  memberCount,
  createdAt,
}: typeof conversations.$inferSelect): ConversationSummary => ({
  id: id as ConversationId,
  kind,
  title,
  memberCount,
  createdAt,
})

const memberOf = ({ userId, role, joinedAt }: typeof members.$inferSelect): MemberSummary => ({
  userId: userId as UserId,
  role,
  joinedAt,
})
