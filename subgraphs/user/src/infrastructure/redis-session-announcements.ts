import { Injectable, Logger } from '@nestjs/common'
import { Cluster } from 'ioredis'
import { SessionAnnouncements } from '../application/session-announcements'

/** Gateways listen here for `{"sessionId": "…"}`. */
export const sessionRevokedChannel = 'parley:session-revoked'

@Injectable()
export class RedisSessionAnnouncements extends SessionAnnouncements {
  readonly #logger = new Logger(RedisSessionAnnouncements.name)

  constructor(private readonly redis: Cluster) {
    super()
  }

  override async revoked(sessionId: string): Promise<void> {
    try {
      await this.redis.publish(sessionRevokedChannel, JSON.stringify({ sessionId }))
    } catch (error) {
      this.#logger.warn(
        { err: error, sessionId },
        'The gateways were not told of a revoked session; its tokens run out',
      )
    }
  }
}
