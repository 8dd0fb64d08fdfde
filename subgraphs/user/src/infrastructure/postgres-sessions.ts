import { Injectable } from '@nestjs/common'
import { unreachable } from '@parley/kernel/decider'
import { type UserId, userId } from '@parley/kernel/ids'
import { type Database, InjectDatabase, type Transaction } from '@parley/platform/postgres/database'
import { and, eq, isNull, lt } from 'drizzle-orm'
import { Sessions, type StoredToken } from '../application/sessions'
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
      // Nothing else ever looks at sessions that ran out by themselves.
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
      const decision = decide(await lockPresented(tx, hash))
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
}

/** Locks the session first and reads the token after: whoever waited sees what the other has made of it. */
async function lockPresented(tx: Transaction, hash: string): Promise<PresentedToken | null> {
  const ofToken = tx.select({ id: refreshTokens.sessionId }).from(refreshTokens).where(eq(refreshTokens.hash, hash))
  const [session] = await tx.select().from(sessions).where(eq(sessions.id, ofToken)).for('update')
  const [token] = await tx.select().from(refreshTokens).where(eq(refreshTokens.hash, hash))
  if (session === undefined || token === undefined) return null
  return {
    sessionId: session.id,
    userId: userId(session.userId),
    sessionRevokedAt: session.revokedAt,
    replacedAt: token.replacedAt,
    expiresAt: token.expiresAt,
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
      // Expired ones are refused whether they are known or not.
      await tx.delete(refreshTokens).where(and(eq(refreshTokens.sessionId, sessionId), lt(refreshTokens.expiresAt, at)))
      return
    }
    case 'revoke':
      await revoke(tx, decision.sessionId, at)
      return
    case 'answer-again':
    case 'refuse':
      return
    default:
      return unreachable(decision)
  }
}

async function revoke(tx: Transaction, sessionId: string, at: Date): Promise<boolean> {
  const revoked = await tx
    .update(sessions)
    .set({ revokedAt: at })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  await tx.delete(refreshTokens).where(eq(refreshTokens.sessionId, sessionId))
  return revoked.length > 0
}
