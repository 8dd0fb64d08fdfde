import { Injectable, Logger } from '@nestjs/common'
import { Cluster } from 'ioredis'
import { SessionAnnouncements } from '../application/session-announcements'
import { InjectUserEnv, type UserEnv } from '../env'

/** Gateways listen here for `{"sessionId": "…"}`. */
export const sessionRevokedChannel = 'parley:session-revoked'
/** For gateways that missed the message: session ids by the millisecond at which their last token has run out. */
export const revokedSessionsKey = 'parley:revoked-sessions'
/** Clocks differ, and verifiers allow for it. */
const leewayMs = 60_000

@Injectable()
export class RedisSessionAnnouncements extends SessionAnnouncements {
  readonly #logger = new Logger(RedisSessionAnnouncements.name)

  constructor(
    private readonly redis: Cluster,
    @InjectUserEnv() private readonly env: Pick<UserEnv, 'ACCESS_TOKEN_SECONDS'>,
  ) {
    super()
  }

  override async revoked(sessionId: string): Promise<void> {
    const now = Date.now()
    try {
      await this.redis.zadd(revokedSessionsKey, now + this.env.ACCESS_TOKEN_SECONDS * 1_000 + leewayMs, sessionId)
      await this.redis.zremrangebyscore(revokedSessionsKey, '-inf', now)
      await this.redis.publish(sessionRevokedChannel, JSON.stringify({ sessionId }))
    } catch (error) {
      this.#logger.warn(
        { err: error, sessionId },
        'The gateways were not told of a revoked session; its tokens run out',
      )
    }
  }
}
