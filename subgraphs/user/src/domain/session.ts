import type { UserId } from '@parley/kernel/ids'

const day = 86_400_000

/** A session expires when it is not used for this long. */
export const refreshLifetimeMs = 30 * day
/**
 * A request with the old token may be in flight when another tab uses the new one: the slower tab is not an attacker.
 */
export const graceMs = 10_000
/** A client whose answer was lost may repeat the request for this long, for instance a laptop that slept over night. */
export const repeatMs = day

/** A presented refresh token, with what is stored about it and its session. */
export interface PresentedToken {
  readonly sessionId: string
  readonly userId: UserId
  readonly sessionRevokedAt: Date | null
  readonly replacedAt: Date | null
  readonly expiresAt: Date
  /** The token that replaced it, if any. */
  readonly successor: { readonly usedAt: Date | null; readonly expiresAt: Date } | null
}

export type RefreshDecision =
  /** The token is current: the next one replaces it. */
  | { readonly type: 'rotate'; readonly sessionId: string; readonly userId: UserId }
  /** It was replaced and the next token is unused: the answer may have been lost and is repeated. */
  | { readonly type: 'repeat'; readonly sessionId: string; readonly userId: UserId; readonly expiresAt: Date }
  /** The next token was used just now: another tab has the one after it, this one gets an access token only. */
  | { readonly type: 'access-only'; readonly sessionId: string; readonly userId: UserId }
  /** The next token was used long ago: two parties have this session, and one of them must have stolen it. */
  | { readonly type: 'revoke'; readonly sessionId: string }
  | { readonly type: 'refuse' }

export function decideRefresh(presented: PresentedToken | null, at: Date): RefreshDecision {
  if (presented === null || presented.sessionRevokedAt !== null || presented.expiresAt <= at) return { type: 'refuse' }
  const { sessionId, userId, replacedAt, successor } = presented
  if (replacedAt === null) return { type: 'rotate', sessionId, userId }
  const since = (moment: Date): number => at.getTime() - moment.getTime()
  if (successor?.usedAt === null && since(replacedAt) <= repeatMs)
    return { type: 'repeat', sessionId, userId, expiresAt: successor.expiresAt }
  return since(successor?.usedAt ?? replacedAt) <= graceMs
    ? { type: 'access-only', sessionId, userId }
    : { type: 'revoke', sessionId }
}

export const refreshExpiry = (at: Date): Date => new Date(at.getTime() + refreshLifetimeMs)
