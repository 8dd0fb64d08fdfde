import type { UserId } from '@parley/kernel/ids'

const day = 86_400_000

/** A session that is not used for this long is over. */
export const refreshLifetimeMs = 30 * day
/** A request with the old token may be on its way when another tab uses the new one: the slower tab is no thief. */
export const graceMs = 10_000
/** For so long a client whose answer was lost may come for it again: a laptop that slept over night is no thief either. */
export const repeatMs = day

/** A refresh token that somebody presents, with what is stored of it and of its session. */
export interface PresentedToken {
  readonly sessionId: string
  readonly userId: UserId
  readonly sessionRevokedAt: Date | null
  readonly replacedAt: Date | null
  readonly expiresAt: Date
  /** The token that took its place, if any. */
  readonly successor: { readonly usedAt: Date | null; readonly expiresAt: Date } | null
}

export type RefreshDecision =
  /** The token is current: the next one takes its place. */
  | { readonly type: 'rotate'; readonly sessionId: string; readonly userId: UserId }
  /** It was replaced and nobody has used the next one yet: the answer may have been lost, and is given again. */
  | { readonly type: 'repeat'; readonly sessionId: string; readonly userId: UserId; readonly expiresAt: Date }
  /** The next one was used a moment ago: another tab has the one after it, this one gets an access token only. */
  | { readonly type: 'access-only'; readonly sessionId: string; readonly userId: UserId }
  /** The next one was used long ago, so two parties hold this session and one of them should not. */
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
