import { createHash, randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { v7 } from 'uuid'
import { refreshExpiry } from '../domain/session'
import { type AccessToken, AccessTokenIssuer } from './access-token-issuer'
import { Sessions, type StoredToken } from './sessions'

/** What a browser gets into its cookies. */
export interface SessionGrant {
  readonly accessToken: AccessToken
  /** Null: keep the one that another tab has. */
  readonly refreshToken: { readonly value: string; readonly expiresAt: Date } | null
}

/** Refresh tokens are 256 random bits, so a plain hash keeps them as well as a slow one would. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url')

export function newRefreshToken(at: Date): { readonly value: string; readonly stored: StoredToken } {
  const value = randomBytes(32).toString('base64url')
  return { value, stored: { hash: tokenHash(value), createdAt: at, expiresAt: refreshExpiry(at) } }
}

@Injectable()
export class SessionGrants {
  constructor(
    private readonly sessions: Sessions,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  /** Opens a session for somebody who has just proven who they are. */
  async open(userId: UserId, at: Date): Promise<SessionGrant> {
    const sessionId = v7({ msecs: at.getTime() })
    const { value, stored } = newRefreshToken(at)
    await this.sessions.open(sessionId, userId, stored)
    return {
      accessToken: await this.issuer.issue(userId, sessionId, at),
      refreshToken: { value, expiresAt: stored.expiresAt },
    }
  }
}
