import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import type { Membership } from '@parley/memberships/membership'
import { MembershipStore } from '@parley/memberships/membership-store'
import { type Database, InjectDatabase, InjectSql, type Sql } from '@parley/platform/postgres/database'
import { and, eq, lt, notInArray, sql } from 'drizzle-orm'
import type { Circle } from '../application/circle'
import { conversationMembers, knownConversations } from './schema'

/** The replica of who is in which conversation. */
@Injectable()
export class PostgresMemberships extends MembershipStore implements Circle {
  constructor(
    @InjectDatabase() private readonly db: Database,
    @InjectSql() private readonly client: Sql,
  ) {
    super()
  }

  override async load(conversationId: string): Promise<Membership | null> {
    // One query: the version and the members of one moment.
    const rows = await this.db
      .select({
        version: knownConversations.version,
        userId: conversationMembers.userId,
        role: conversationMembers.role,
      })
      .from(knownConversations)
      .leftJoin(conversationMembers, eq(conversationMembers.conversationId, knownConversations.id))
      .where(eq(knownConversations.id, conversationId))
    const [first] = rows
    if (first === undefined) return null
    const members = rows.flatMap(({ userId, role }) => (userId === null || role === null ? [] : { userId, role }))
    return { conversationId, version: first.version, members }
  }

  override async save({ conversationId, version, members }: Membership): Promise<void> {
    await this.db.transaction(async (tx) => {
      // The row is locked from here on: of two writers the one with the older version changes nothing.
      const saved = await tx
        .insert(knownConversations)
        .values({ id: conversationId, version })
        .onConflictDoUpdate({
          target: knownConversations.id,
          set: { version },
          setWhere: lt(knownConversations.version, version),
        })
        .returning({ id: knownConversations.id })
      if (saved.length === 0) return
      const ids = members.map(({ userId }) => userId)
      await tx
        .delete(conversationMembers)
        .where(and(eq(conversationMembers.conversationId, conversationId), notInArray(conversationMembers.userId, ids)))
      if (members.length === 0) return
      await tx
        .insert(conversationMembers)
        .values(members.map(({ userId, role }) => ({ conversationId, userId, role })))
        .onConflictDoUpdate({
          target: [conversationMembers.userId, conversationMembers.conversationId],
          set: { role: sql`excluded.role` },
        })
    })
  }

  override async conversationsOf(userId: string): Promise<readonly string[]> {
    const rows = await this.db
      .select({ id: conversationMembers.conversationId })
      .from(conversationMembers)
      .where(eq(conversationMembers.userId, userId))
    return rows.map(({ id }) => id)
  }

  async among(viewerId: UserId, ids: readonly UserId[]): Promise<ReadonlySet<UserId>> {
    const others = ids.filter((id) => id !== viewerId)
    if (others.length === 0) return new Set()
    // One prepared statement for any number of ids.
    const rows = await this.client<{ id: UserId }[]>`
      select asked.id from unnest(${`{${others.join()}}`}::text::uuid[]) as asked (id)
      where exists (
        select from conversation_members theirs
        join conversation_members mine
          on mine.user_id = ${viewerId} and mine.conversation_id = theirs.conversation_id
        where theirs.user_id = asked.id)`
    return new Set(rows.map(({ id }) => id))
  }
}
