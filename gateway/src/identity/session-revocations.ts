import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common'
import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Cluster } from 'ioredis'
import { z } from 'zod'

/** Tells when a session was ended from elsewhere. */
export abstract class SessionRevocations {
  /** Listens from now on, or as soon as whoever tells can be reached. */
  abstract subscribe(listener: (sessionId: string) => void): void
}

const channel = 'parley:session-revoked'
/** Sorted set of session ids by the millisecond at which the last token of each has run out. */
const listKey = 'parley:revoked-sessions'
const message = z.object({ sessionId: z.string().min(1) })
const pollMs = 1_000

/**
 * Hears of a revocation at once by a message, and within a second by the list, should the message be lost or this gateway
 * have started later. Each listener is told once.
 */
@Injectable()
export class RedisSessionRevocations
  extends SessionRevocations
  implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown
{
  readonly #logger = new Logger(RedisSessionRevocations.name)
  readonly #listeners = new Set<(sessionId: string) => void>()
  #known = new Set<string>()
  #poll: NodeJS.Timeout | undefined
  #isAway = false

  constructor(
    @Inject(RedisPubSub) private readonly pubsub: RedisPubSub,
    @Inject(Cluster) private readonly redis: Cluster,
  ) {
    super()
  }

  override subscribe(listener: (sessionId: string) => void): void {
    this.#listeners.add(listener)
    for (const sessionId of this.#known) listener(sessionId)
  }

  onModuleInit(): void {
    const receive = (received: unknown): void => {
      const parsed = message.safeParse(received)
      if (parsed.success) this.#tell(parsed.data.sessionId)
    }
    this.pubsub.subscribe(channel, receive).catch((error: unknown) => {
      this.#logger.warn({ err: error }, 'Revocations are not heard; the list is read')
    })
  }

  onApplicationBootstrap(): void {
    void this.#read()
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#poll)
    this.#poll = undefined
    this.#listeners.clear()
  }

  async #read(): Promise<void> {
    this.#poll = setTimeout(() => void this.#read(), pollMs)
    try {
      const listed = await this.redis.zrangebyscore(listKey, Date.now(), '+inf')
      for (const sessionId of listed) this.#tell(sessionId)
      // What is no longer listed can have no token left: forgetting it bounds the memory.
      this.#known = new Set(listed)
      this.#isAway = false
    } catch (error) {
      if (!this.#isAway) this.#logger.warn({ err: error }, 'The list of revoked sessions cannot be read')
      this.#isAway = true
    }
  }

  #tell(sessionId: string): void {
    if (this.#known.has(sessionId)) return
    this.#known.add(sessionId)
    for (const listener of this.#listeners) listener(sessionId)
  }
}
