import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { z } from 'zod'

/** Tells when a session was ended from elsewhere. */
export abstract class SessionRevocations {
  /** Listens from now on, or as soon as whoever tells can be reached. */
  abstract subscribe(listener: (sessionId: string) => void): void
}

const channel = 'parley:session-revoked'
const message = z.object({ sessionId: z.string().min(1) })
const retryMs = 1_000

@Injectable()
export class RedisSessionRevocations extends SessionRevocations implements OnApplicationShutdown {
  readonly #logger = new Logger(RedisSessionRevocations.name)
  #retry: NodeJS.Timeout | undefined
  #stopped = false

  constructor(@Inject(RedisPubSub) private readonly pubsub: RedisPubSub) {
    super()
  }

  override subscribe(listener: (sessionId: string) => void): void {
    const receive = (received: unknown): void => {
      const parsed = message.safeParse(received)
      if (parsed.success) listener(parsed.data.sessionId)
    }
    this.pubsub.subscribe(channel, receive).catch((error: unknown) => {
      if (this.#stopped) return
      this.#logger.warn({ err: error }, 'Revocations of sessions are not heard yet')
      this.#retry = setTimeout(() => this.subscribe(listener), retryMs)
    })
  }

  onApplicationShutdown(): void {
    this.#stopped = true
    clearTimeout(this.#retry)
  }
}
