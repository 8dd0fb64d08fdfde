import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit, Optional } from '@nestjs/common'
import { z } from 'zod'
import { TOKEN_ENV, type TokenEnv } from '../env/service-env'
import { channel, Channels } from '../redis/channels'
import { OwnerPoll, readJson } from './owner-poll'

/** One request that hangs and its retry still fit in the 10 s within which a revocation takes effect without Redis. */
const everyMs = 4_000
/** Longer than any access token is valid. */
const keptMs = 2 * 3_600_000

const revocation = z.object({ sessionId: z.string().min(1) })
/** The user subgraph publishes ended sessions here at once. The owner's list is the source of truth. */
export const sessionRevoked = channel<'', z.infer<typeof revocation>>(
  'session-revoked',
  (payload): payload is z.infer<typeof revocation> => revocation.safeParse(payload).success,
)

const list = z.object({ sessionIds: z.array(z.string()), cursor: z.string() })

/**
 * Sessions that have ended although their access tokens have not expired. Received through Redis at once, and polled
 * from the user subgraph at the start, whenever Redis is back, and every four seconds.
 */
@Injectable()
export class RevokedSessions implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger(RevokedSessions.name)
  readonly #until = new Map<string, number>()
  readonly #listeners = new Set<(sessionId: string) => void>()
  readonly #poll: OwnerPoll
  #cursor: string | null = null
  #first: Promise<boolean> | undefined

  constructor(
    @Inject(TOKEN_ENV) env: Pick<TokenEnv, 'JWKS_URL' | 'REVOCATIONS_URL'>,
    @Optional() private readonly channels?: Channels,
  ) {
    const url = new URL(env.REVOCATIONS_URL ?? 'revoked-sessions', env.JWKS_URL)
    this.#poll = new OwnerPoll({
      what: 'The revoked sessions',
      everyMs,
      ask: (signal) => this.#read(url, signal),
      logger: this.#logger,
    })
  }

  onModuleInit(): void {
    void this.#poll.now()
    if (this.channels === undefined) return
    this.channels.onGap(() => void this.#poll.now())
    // Takes effect as soon as Redis answers; until then the owner is polled.
    void this.channels.subscribe(sessionRevoked, '', ({ sessionId }) => this.add(sessionId))
  }

  onApplicationShutdown(): void {
    this.#poll.stop()
  }

  /** Until the owner has answered once, this waits for it, a second at most. Afterwards the last known list decides. */
  async includes(sessionId: string): Promise<boolean> {
    if (this.#cursor === null) await (this.#first ??= this.#poll.lately())
    return this.#until.has(sessionId)
  }

  /** Calls the listener once for each session that ends from now on; returns the function that unsubscribes. */
  subscribe(listener: (sessionId: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(sessionId: string): void {
    if (this.#until.has(sessionId)) return
    this.#forget(Date.now())
    this.#until.set(sessionId, Date.now() + keptMs)
    for (const listener of this.#listeners) listener(sessionId)
  }

  async #read(url: URL, signal: AbortSignal): Promise<void> {
    const asked = new URL(url)
    if (this.#cursor !== null) asked.searchParams.set('after', this.#cursor)
    const { sessionIds, cursor } = list.parse(await readJson(asked, signal))
    for (const sessionId of sessionIds) this.add(sessionId)
    this.#cursor = cursor
  }

  /** Insertion order is the order of time. */
  #forget(now: number): void {
    for (const [sessionId, until] of this.#until) {
      if (until > now) return
      this.#until.delete(sessionId)
    }
  }
}
