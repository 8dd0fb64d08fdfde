import type { UserId } from '@parley/kernel/ids'
import type { PresentedToken, RefreshDecision } from '../domain/session'

/** A refresh token as it is stored. */
export interface StoredToken {
  readonly hash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** Sessions that were revoked, each at least once over a chain of reads that hand the cursor on. */
export interface Revocations {
  readonly sessionIds: readonly string[]
  readonly cursor: string
}

export abstract class Sessions {
  abstract open(sessionId: string, userId: UserId, first: StoredToken): Promise<void>
  /**
   * Decides on a presented token and carries the decision out while nobody else can present a token of the same session.
   * `next` takes its place when it is rotated, and is the same for the same token each time.
   */
  abstract present(
    hash: string,
    next: StoredToken,
    decide: (presented: PresentedToken | null) => RefreshDecision,
  ): Promise<RefreshDecision>
  abstract sessionIdOf(hash: string): Promise<string | null>
  /** False when it was over already. */
  abstract revoke(sessionId: string, at: Date): Promise<boolean>
  /** Those revoked later than `since`; with the cursor of an earlier read only what that may not have seen. */
  abstract revokedSince(since: Date, cursor: string | null): Promise<Revocations>
}
