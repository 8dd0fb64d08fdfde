import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit, Optional } from '@nestjs/common'
import { z } from 'zod'
import { TOKEN_ENV, type TokenEnv } from '../env/service-env'
import { channel, Channels } from '../redis/channels'
import { OwnerPoll, readJson } from './owner-poll'

/** With one question that hangs and its repetition still within the 10 s in which a revocation holds without Redis. */
const everyMs = 4_000
/** Longer than any access token lives. */
const keptMs = 2 * 3_600_000

const revocation = z.object({ sessionId: z.string().min(1) })
/** Where the user subgraph says at once which session is over. The owner's list is the truth. */
export const sessionRevoked = channel<'', z.infer<typeof revocation>>(
  'session-revoked',
  (payload): payload is z.infer<typeof revocation> => revocation.safeParse(payload).success,
)

const list = z.object({ sessionIds: z.array(z.string()), cursor: z.string() })

/**
 * The sessions that are over although their access tokens are still good by their signature. Heard of through Redis at once, and
 * asked for from the user subgraph at the start, whenever Redis is back, and every four seconds.
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
    // Stands as soon as Redis does; until then the owner is asked.
    void this.channels.subscribe(sessionRevoked, '', ({ sessionId }) => this.add(sessionId))
  }

  onApplicationShutdown(): void {
    this.#poll.stop()
  }

  /** Once, before the owner was ever heard, this waits for its answer, a second at most. Else what is known decides. */
  async includes(sessionId: string): Promise<boolean> {
    if (this.#cursor === null) await (this.#first ??= this.#poll.lately())
    return this.#until.has(sessionId)
  }

  /** Calls the listener once for each session that ends from now on; the result stops that. */
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
