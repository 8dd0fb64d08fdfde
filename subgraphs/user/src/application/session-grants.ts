import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { v7 } from 'uuid'
import type { User } from '../domain/account'
import { type AccessToken, AccessTokenIssuer } from './access-token-issuer'
import { RefreshTokens } from './refresh-tokens'
import { Sessions } from './sessions'

/** The content of a browser's session cookies. */
export interface SessionGrant {
  readonly accessToken: AccessToken
  /** Null: keep the current one, which another tab has set. */
  readonly refreshToken: { readonly value: string; readonly expiresAt: Date } | null
}

/** A session that was opened or refreshed. */
export interface GrantedSession {
  readonly user: User
  readonly grant: SessionGrant
}

@Injectable()
export class SessionGrants {
  constructor(
    private readonly sessions: Sessions,
    private readonly issuer: AccessTokenIssuer,
    private readonly tokens: RefreshTokens,
  ) {}

  /** Opens a session for a user who has just been authenticated. */
  async open(userId: UserId, at: Date): Promise<SessionGrant> {
    const sessionId = v7({ msecs: at.getTime() })
    const { value, stored } = this.tokens.first(at)
    await this.sessions.open(sessionId, userId, stored)
    return {
      accessToken: await this.issuer.issue(userId, sessionId, at),
      refreshToken: { value, expiresAt: stored.expiresAt },
    }
  }
}
