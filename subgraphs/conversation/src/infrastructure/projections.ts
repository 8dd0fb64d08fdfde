import { unreachable } from '@parley/kernel/decider'
import type { Transaction } from '@parley/platform/postgres/database'
import type { Recorded } from '@parley/platform/postgres/event-store'
import { and, eq, lt, sql, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { ConversationEvent } from '../domain/conversation'
import { conversations, members } from './schema'

export type RecordedConversationEvent = Recorded<ConversationEvent>

/** Folds events into the read models: live in the transaction that stores them, and again during a rebuild. */
export async function project(tx: Transaction, recorded: readonly RecordedConversationEvent[]): Promise<void> {
  for (const [id, stream] of Map.groupBy(recorded, ({ streamId }) => streamId)) await projectStream(tx, id, stream)
}

async function projectStream(tx: Transaction, id: string, stream: readonly RecordedConversationEvent[]): Promise<void> {
  const later = stream.filter(({ version }) => version > 1)
  for (const one of stream) if (one.version === 1) await projectOne(tx, one)
  if (later.length === 0) return
  // Before any member's row: every writer of the activity locks the conversation first, then its members.
  await raiseActivity(tx, id, new Date(Math.max(...later.map(({ at }) => at.getTime()))))
  for (const one of later) await projectOne(tx, one)
  await spreadActivity(tx, [id])
}

async function projectOne(tx: Transaction, { streamId, version, at, event }: RecordedConversationEvent): Promise<void> {
  const joined = { conversationId: streamId, joinedAt: at, joinedVersion: version, lastActivityAt: at }
  switch (event.type) {
    case 'ConversationStarted': {
      const { kind, title, members: first } = event.data
      const { length: memberCount } = first
      await tx
        .insert(conversations)
        .values({ id: streamId, kind, title, memberCount, createdAt: at, lastActivityAt: at })
      await tx
        .insert(members)
        .values(first.map(({ userId, role }, joinedPlace) => ({ ...joined, userId, role, joinedPlace })))
      return
    }
    case 'MemberJoined': {
      const { memberId, role } = event.data
      await tx.insert(members).values({ ...joined, userId: memberId, role, joinedPlace: 0 })
      return countMembers(tx, streamId, 1)
    }
    case 'MemberLeft': {
      const { memberId, heirId } = event.data
      await tx.delete(members).where(isMember(streamId, memberId))
      if (heirId !== null) await tx.update(members).set({ role: 'owner' }).where(isMember(streamId, heirId))
      return countMembers(tx, streamId, -1)
    }
    case 'TitleChanged':
      await tx.update(conversations).set({ title: event.data.title }).where(eq(conversations.id, streamId))
      return
    case 'TopicChanged':
      await tx.update(conversations).set({ topic: event.data.topic }).where(eq(conversations.id, streamId))
      return
    default:
      return unreachable(event)
  }
}

async function raiseActivity(tx: Transaction, id: string, at: Date): Promise<void> {
  const lastActivityAt = sql`greatest(${conversations.lastActivityAt}, ${at.toISOString()}::timestamptz)`
  await tx.update(conversations).set({ lastActivityAt }).where(eq(conversations.id, id))
}

/** Copies the last activity of conversations to their members. */
export async function spreadActivity(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx
    .update(members)
    .set({ lastActivityAt: sql`${conversations.lastActivityAt}` })
    .from(conversations)
    .where(
      and(
        isAmong(members.conversationId, ids),
        eq(conversations.id, members.conversationId),
        lt(members.lastActivityAt, conversations.lastActivityAt),
      ),
    )
}

/** One statement for any number of ids. */
export const isAmong = (column: PgColumn, ids: readonly string[]): SQL =>
  sql`${column} = any(${`{${ids.join()}}`}::text::uuid[])`

async function countMembers(tx: Transaction, id: string, change: number): Promise<void> {
  const memberCount = sql`${conversations.memberCount} + ${change}`
  await tx.update(conversations).set({ memberCount }).where(eq(conversations.id, id))
}

const isMember = (conversationId: string, userId: string) =>
  and(eq(members.conversationId, conversationId), eq(members.userId, userId))
