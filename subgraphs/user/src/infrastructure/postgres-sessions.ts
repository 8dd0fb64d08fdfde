import { Injectable } from '@nestjs/common'
import { unreachable } from '@parley/kernel/decider'
import { type UserId, userId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, type Transaction } from '@parley/platform/postgres/database'
import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { type Revocations, Sessions, type StoredToken } from '../application/sessions'
import { type PresentedToken, type RefreshDecision, refreshLifetimeMs } from '../domain/session'
import { refreshTokens, sessions } from './schema'

@Injectable()
export class PostgresSessions extends Sessions {
  constructor(@InjectDatabase() private readonly db: Database) {
    super()
  }

  override async open(sessionId: string, user: UserId, first: StoredToken): Promise<void> {
    const { createdAt } = first
    await this.db.transaction(async (tx) => {
      // Deletes expired sessions here, because nothing else reads them again.
      const abandonedBefore = new Date(createdAt.getTime() - refreshLifetimeMs)
      await tx.delete(sessions).where(and(eq(sessions.userId, user), lt(sessions.lastUsedAt, abandonedBefore)))
      await tx.insert(sessions).values({ id: sessionId, userId: user, createdAt, lastUsedAt: createdAt })
      await tx.insert(refreshTokens).values({ ...first, sessionId })
    })
  }

  override async present(
    hash: string,
    next: StoredToken,
    decide: (presented: PresentedToken | null) => RefreshDecision,
  ): Promise<RefreshDecision> {
    return this.db.transaction(async (tx) => {
      const decision = decide(await lockPresented(tx, hash, next.hash))
      await carryOut(tx, decision, hash, next)
      return decision
    })
  }

  override async sessionIdOf(hash: string): Promise<string | null> {
    const [row] = await this.db
      .select({ sessionId: refreshTokens.sessionId })
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, hash))
    return row?.sessionId ?? null
  }

  override revoke(sessionId: string, at: Date): Promise<boolean> {
    return this.db.transaction((tx) => revoke(tx, sessionId, at))
  }

  /**
   * Transactions commit in another order than they start, so neither a time nor a sequence shows what a reader has
   * missed. The cursor is the oldest transaction that was still running: all before it were seen. A cursor of another
   * database (before a restore, say) may lie in the future and is ignored.
   */
  override async revokedSince(since: Date, cursor: string | null): Promise<Revocations> {
    const oldestRunning = sql`pg_snapshot_xmin(pg_current_snapshot())`
    const from = sql`case when ${cursor ?? '0'}::xid8 > ${oldestRunning} then '0'::xid8 else ${cursor ?? '0'}::xid8 end`
    const [read] = await this.db
      .select({
        cursor: sql<string>`${oldestRunning}::text`,
        sessionIds: sql<string[]>`coalesce(json_agg(${sessions.id}), '[]')`,
      })
      .from(sessions)
      .where(and(gt(sessions.revokedAt, since), or(isNull(sessions.revokedIn), sql`${sessions.revokedIn} >= ${from}`)))
    if (read === undefined) throw new Error('An aggregate has one row')
    return read
  }
}

/** Locks the session first and reads the token after, so that a waiting caller sees the result of the one before. */
async function lockPresented(tx: Transaction, hash: string, nextHash: string): Promise<PresentedToken | null> {
  const ofToken = tx.select({ id: refreshTokens.sessionId }).from(refreshTokens).where(eq(refreshTokens.hash, hash))
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, ofToken)).for('update')
  const [token] = await tx.select().from(refreshTokens).where(eq(refreshTokens.hash, hash))
  if (session === undefined || token === undefined) return null
  const [successor] = await tx
    .select({ usedAt: refreshTokens.replacedAt, expiresAt: refreshTokens.expiresAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, nextHash))
  return {
    sessionId: session.id,
    userId: userId(session.userId),
    sessionRevokedAt: session.revokedAt,
    replacedAt: token.replacedAt,
    expiresAt: token.expiresAt,
    successor: successor ?? null,
  }
}

async function carryOut(tx: Transaction, decision: RefreshDecision, hash: string, next: StoredToken): Promise<void> {
  const at = next.createdAt
  switch (decision.type) {
    case 'rotate': {
      const { sessionId } = decision
      await tx.update(refreshTokens).set({ replacedAt: at }).where(eq(refreshTokens.hash, hash))
      await tx.insert(refreshTokens).values({ ...next, sessionId })
      await tx.update(sessions).set({ lastUsedAt: at }).where(eq(sessions.id, sessionId))
      // Expired tokens are refused whether they are stored or not.
      await tx.delete(refreshTokens).where(and(eq(refreshTokens.sessionId, sessionId), lt(refreshTokens.expiresAt, at)))
      return
    }
    case 'revoke':
      await revoke(tx, decision.sessionId, at)
      return
    case 'repeat':
    case 'access-only':
    case 'refuse':
      return
    default:
      return unreachable(decision)
  }
}

async function revoke(tx: Transaction, sessionId: string, at: Date): Promise<boolean> {
  const revoked = await tx
    .update(sessions)
    .set({ revokedAt: at, revokedIn: sql`pg_current_xact_id()` })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  await tx.delete(refreshTokens).where(eq(refreshTokens.sessionId, sessionId))
  return revoked.length > 0
}
