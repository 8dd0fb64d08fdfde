import { Injectable, Logger } from '@nestjs/common'
import { sessionRevokedChannel } from '@parley/platform/auth/revoked-sessions'
import { Cluster } from 'ioredis'
import { SessionAnnouncements } from '../application/session-announcements'

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
      this.#logger.warn({ err: error, sessionId }, 'A revoked session was not announced; those who ask will be told')
    }
  }
}
