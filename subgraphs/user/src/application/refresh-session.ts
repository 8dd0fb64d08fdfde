import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { unreachable } from '@parley/kernel/decider'
import { sessionRevoked } from '@parley/platform/auth/revoked-sessions'
import { Channels } from '@parley/platform/redis/channels'
import { sessionOver } from '../domain/policy'
import { decideRefresh, type RefreshDecision } from '../domain/session'
import { AccessTokenIssuer } from './access-token-issuer'
import { People } from './people'
import { RefreshTokens, tokenHash } from './refresh-tokens'
import type { GrantedSession, SessionGrant } from './session-grants'
import { Sessions } from './sessions'

export class RefreshSession extends Command<GrantedSession> {
  constructor(
    readonly refreshToken: string | null,
    readonly at: Date,
  ) {
    super()
  }
}

/** Fails with UNAUTHENTICATED when the token is no longer valid. */
@CommandHandler(RefreshSession)
export class RefreshSessionHandler implements ICommandHandler<RefreshSession> {
  constructor(
    private readonly sessions: Sessions,
    private readonly issuer: AccessTokenIssuer,
    private readonly people: People,
    private readonly channels: Channels,
    private readonly tokens: RefreshTokens,
  ) {}

  async execute({ refreshToken, at }: RefreshSession): Promise<GrantedSession> {
    if (refreshToken === null) throw sessionOver()
    const next = this.tokens.after(refreshToken, at)
    const decision = await this.sessions.present(tokenHash(refreshToken), next.stored, (presented) =>
      decideRefresh(presented, at),
    )
    switch (decision.type) {
      case 'rotate':
        return this.#answer(decision, at, { value: next.value, expiresAt: next.stored.expiresAt })
      case 'repeat':
        return this.#answer(decision, at, { value: next.value, expiresAt: decision.expiresAt })
      case 'access-only':
        return this.#answer(decision, at, null)
      case 'revoke':
        await this.channels.publish(sessionRevoked, '', { sessionId: decision.sessionId })
        throw sessionOver()
      case 'refuse':
        throw sessionOver()
      default:
        return unreachable(decision)
    }
  }

  async #answer(
    { userId, sessionId }: Extract<RefreshDecision, { type: 'rotate' | 'repeat' | 'access-only' }>,
    at: Date,
    refreshToken: SessionGrant['refreshToken'],
  ): Promise<GrantedSession> {
    const [user] = await this.people.byIds([userId])
    if (user === undefined) throw sessionOver()
    return { user, grant: { accessToken: await this.issuer.issue(userId, sessionId, at), refreshToken } }
  }
}
