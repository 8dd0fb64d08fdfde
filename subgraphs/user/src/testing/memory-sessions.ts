import { unreachable } from '@parley/kernel/decider'
import type { UserId } from '@parley/kernel/ids'
import { type Revocations, Sessions, type StoredToken } from '../application/sessions'
import type { PresentedToken, RefreshDecision } from '../domain/session'

interface Session {
  readonly userId: UserId
  revokedAt: Date | null
}

/** Sessions in memory: one operation at a time, as under the lock of the real one. */
export class MemorySessions extends Sessions {
  readonly #sessions = new Map<string, Session>()
  readonly #revoked: { readonly sessionId: string; readonly at: Date; readonly position: number }[] = []
  readonly #tokens = new Map<string, StoredToken & { readonly sessionId: string; replacedAt: Date | null }>()

  override async open(sessionId: string, userId: UserId, first: StoredToken): Promise<void> {
    this.#sessions.set(sessionId, { userId, revokedAt: null })
    this.#tokens.set(first.hash, { ...first, sessionId, replacedAt: null })
  }

  override async present(
    hash: string,
    next: StoredToken,
    decide: (presented: PresentedToken | null) => RefreshDecision,
  ): Promise<RefreshDecision> {
    const decision = decide(this.#presented(hash, next.hash))
    switch (decision.type) {
      case 'rotate': {
        const token = this.#tokens.get(hash)
        if (token !== undefined) token.replacedAt = next.createdAt
        this.#tokens.set(next.hash, { ...next, sessionId: decision.sessionId, replacedAt: null })
        return decision
      }
      case 'revoke':
        this.#revoke(decision.sessionId, next.createdAt)
        return decision
      case 'repeat':
      case 'access-only':
      case 'refuse':
        return decision
      default:
        return unreachable(decision)
    }
  }

  override async sessionIdOf(hash: string): Promise<string | null> {
    return this.#tokens.get(hash)?.sessionId ?? null
  }

  override async revoke(sessionId: string, at: Date): Promise<boolean> {
    return this.#revoke(sessionId, at)
  }

  override async revokedSince(since: Date, cursor: string | null): Promise<Revocations> {
    const all = this.#revoked.filter(({ at }) => at > since)
    const from = Number(cursor ?? 0)
    const unseen = all.filter(({ position }) => position >= (from > this.#revoked.length ? 0 : from))
    return { sessionIds: unseen.map(({ sessionId }) => sessionId), cursor: String(this.#revoked.length) }
  }

  #revoke(sessionId: string, at: Date): boolean {
    const session = this.#sessions.get(sessionId)
    if (session === undefined || session.revokedAt !== null) return false
    session.revokedAt = at
    this.#revoked.push({ sessionId, at, position: this.#revoked.length })
    for (const [hash, token] of this.#tokens) if (token.sessionId === sessionId) this.#tokens.delete(hash)
    return true
  }

  #presented(hash: string, nextHash: string): PresentedToken | null {
    const token = this.#tokens.get(hash)
    const session = token && this.#sessions.get(token.sessionId)
    if (token === undefined || session === undefined) return null
    const { sessionId, replacedAt, expiresAt } = token
    const next = this.#tokens.get(nextHash)
    const successor = next === undefined ? null : { usedAt: next.replacedAt, expiresAt: next.expiresAt }
    return { sessionId, userId: session.userId, sessionRevokedAt: session.revokedAt, replacedAt, expiresAt, successor }
  }
}
