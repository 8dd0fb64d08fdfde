import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { sessionRevoked } from '@parley/platform/auth/revoked-sessions'
import { Channels } from '@parley/platform/redis/channels'
import { tokenHash } from './refresh-tokens'
import { Sessions } from './sessions'

/** Either proof of the session is enough: the access token may have expired while the refresh token has not. */
export class LogOut extends Command<void> {
  constructor(
    readonly sessionId: string | null,
    readonly refreshToken: string | null,
    readonly at: Date,
  ) {
    super()
  }
}

@CommandHandler(LogOut)
export class LogOutHandler implements ICommandHandler<LogOut> {
  constructor(
    private readonly sessions: Sessions,
    private readonly channels: Channels,
  ) {}

  async execute({ sessionId, refreshToken, at }: LogOut): Promise<void> {
    const ofCookie = refreshToken === null ? null : await this.sessions.sessionIdOf(tokenHash(refreshToken))
    for (const id of new Set([sessionId, ofCookie])) {
      if (id !== null && (await this.sessions.revoke(id, at)))
        await this.channels.publish(sessionRevoked, '', { sessionId: id })
    }
  }
}
