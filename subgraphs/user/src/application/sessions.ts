import type { UserId } from '@parley/kernel/ids'
import type { PresentedToken, RefreshDecision } from '../domain/session'

/** A refresh token as it is stored. */
export interface StoredToken {
  readonly hash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Revoked sessions, each at least once over a chain of reads that pass on the cursor. */
export interface Revocations {
  readonly sessionIds: readonly string[]
  readonly cursor: string
}

export abstract class Sessions {
  abstract open(sessionId: string, userId: UserId, first: StoredToken): Promise<void>
  /**
   * Decides on a presented token and applies the decision, under a lock of its session. `next` replaces the token when
   * it is rotated, and is the same for the same token each time.
   */
  abstract present(
    hash: string,
    next: StoredToken,
    decide: (presented: PresentedToken | null) => RefreshDecision,
  ): Promise<RefreshDecision>
  abstract sessionIdOf(hash: string): Promise<string | null>
  /** False when it was revoked already. */
  abstract revoke(sessionId: string, at: Date): Promise<boolean>
  /** Sessions revoked later than `since`; with the cursor of an earlier read, only those that it may have missed. */
  abstract revokedSince(since: Date, cursor: string | null): Promise<Revocations>
}
