import { Injectable } from '@nestjs/common'
import type { UserId } from '@parley/kernel/ids'
import { v7 } from 'uuid'
import type { User } from '../domain/account'
import { type AccessToken, AccessTokenIssuer } from './access-token-issuer'
import { RefreshTokens } from './refresh-tokens'
import { Sessions } from './sessions'

/** What a browser gets into its cookies. */
export interface SessionGrant {
  readonly accessToken: AccessToken
  /** Null: keep the one that another tab has. */
  readonly refreshToken: { readonly value: string; readonly expiresAt: Date } | null
}

/** A session that was opened, or goes on. */
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

  /** Opens a session for somebody who has just proven who they are. */
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
