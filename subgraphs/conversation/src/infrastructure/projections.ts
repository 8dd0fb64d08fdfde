import { unreachable } from '@parley/kernel/decider'
import type { Transaction } from '@parley/platform/postgres/database'
import type { Recorded } from '@parley/platform/postgres/event-store'
import { and, eq, sql } from 'drizzle-orm'
import type { ConversationEvent } from '../domain/conversation'
import { conversations, members } from './schema'

export type RecordedConversationEvent = Recorded<ConversationEvent>

/** Folds events into the read models: live in the transaction that records them, and again when they are rebuilt. */
export async function project(tx: Transaction, recorded: readonly RecordedConversationEvent[]): Promise<void> {
  for (const one of recorded) await projectOne(tx, one)
}

async function projectOne(tx: Transaction, { streamId, version, at, event }: RecordedConversationEvent): Promise<void> {
  const joined = { conversationId: streamId, joinedAt: at, joinedVersion: version }
  switch (event.type) {
    case 'ConversationStarted': {
      const { kind, title, members: first } = event.data
      await tx.insert(conversations).values({ id: streamId, kind, title, memberCount: first.length, createdAt: at })
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
    default:
      return unreachable(event)
  }
}

async function countMembers(tx: Transaction, id: string, change: number): Promise<void> {
  const memberCount = sql`${conversations.memberCount} + ${change}`
  await tx.update(conversations).set({ memberCount }).where(eq(conversations.id, id))
}

const isMember = (conversationId: string, userId: string) =>
  and(eq(members.conversationId, conversationId), eq(members.userId, userId))
