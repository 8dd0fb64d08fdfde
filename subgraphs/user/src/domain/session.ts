import type { UserId } from '@parley/kernel/ids'

const day = 86_400_000

/** A session that is not used for this long is over. */
export const refreshLifetimeMs = 30 * day
/** Two tabs may present the same token at the same moment: the slower one is no thief. */
export const graceMs = 10_000

/** A refresh token that somebody presents, with what is stored of it and of its session. */
export interface PresentedToken {
  readonly sessionId: string
  readonly userId: UserId
  readonly sessionRevokedAt: Date | null
  readonly replacedAt: Date | null
  readonly expiresAt: Date
}

export type RefreshDecision =
  /** The token is current: the next one takes its place. */
  | { readonly type: 'rotate'; readonly sessionId: string; readonly userId: UserId }
  /** It was replaced a moment ago: another tab has the next one, this one gets an access token only. */
  | { readonly type: 'answer-again'; readonly sessionId: string; readonly userId: UserId }
  /** It was replaced long ago, so two parties hold this session and one of them should not. */
  | { readonly type: 'revoke'; readonly sessionId: string }
  | { readonly type: 'refuse' }

export function decideRefresh(presented: PresentedToken | null, at: Date): RefreshDecision {
  if (presented === null || presented.sessionRevokedAt !== null || presented.expiresAt <= at) return { type: 'refuse' }
  const { sessionId, userId, replacedAt } = presented
  if (replacedAt === null) return { type: 'rotate', sessionId, userId }
  const sinceReplaced = at.getTime() - replacedAt.getTime()
  return sinceReplaced <= graceMs ? { type: 'answer-again', sessionId, userId } : { type: 'revoke', sessionId }
}

export const refreshExpiry = (at: Date): Date => new Date(at.getTime() + refreshLifetimeMs)
