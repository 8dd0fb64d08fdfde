import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@nestjs/common'

export interface OwnerPollOptions {
  /** The name of what is polled, for the log: "The keys for access tokens". */
  readonly what: string
  readonly everyMs: number
  readonly ask: (signal: AbortSignal) => Promise<void>
  readonly logger: Logger
}

/** The timeout of one request. */
const timeoutMs = 3_000
/** The pause between a failed request and the next regular one. */
const retryMs = 1_000
/** The pause between a failed request and the next, however many operations wait for the answer. */
const gapMs = 100
/** An answer younger than this is not requested again, however many operations want a newer one. */
const cooldownMs = 1_000
/** The longest that an operation waits. */
const patienceMs = 1_000

/**
 * Polls the user subgraph for something, one request at a time; operations do not wait for it while they can use the
 * last answer.
 */
export class OwnerPoll {
  readonly #stopping = new AbortController()
  #running: Promise<boolean> | null = null
  #timer: NodeJS.Timeout | undefined
  #askedAt = -Infinity
  #isAnswered = false
  #isAway = false

  constructor(private readonly options: OwnerPollOptions) {}

  /** Requests now, or joins the request in progress; true when there was an answer. Never rejects. */
  now(): Promise<boolean> {
    this.#running ??= this.#ask().finally(() => (this.#running = null))
    return this.#running
  }

  /**
   * For an operation that needs a fresh answer: true when there is one younger than a second, false after waiting a
   * second.
   */
  async lately(): Promise<boolean> {
    const until = performance.now() + patienceMs
    for (;;) {
      const age = performance.now() - this.#askedAt
      if (this.#running !== null || age >= (this.#isAnswered ? cooldownMs : gapMs)) return this.#nowOr(until)
      if (this.#isAnswered) return true
      if (performance.now() + gapMs >= until) return false
      await delay(gapMs - age)
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#stopping.abort()
  }

  async #nowOr(until: number): Promise<boolean> {
    const giveUp = new AbortController()
    const tooLate = delay(until - performance.now(), false, { signal: giveUp.signal }).catch(() => false)
    return Promise.race([this.now(), tooLate]).finally(() => giveUp.abort())
  }

  async #ask(): Promise<boolean> {
    clearTimeout(this.#timer)
    const { what, everyMs, ask, logger } = this.options
    try {
      await ask(AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(timeoutMs)]))
      this.#isAnswered = true
      if (this.#isAway) logger.log(`${what} are read again`)
    } catch (error) {
      this.#isAnswered = false
      if (!this.#isAway && !this.#stopping.signal.aborted)
        logger.warn({ err: error }, `${what} cannot be read; what is known serves on`)
    }
    this.#isAway = !this.#isAnswered
    this.#askedAt = performance.now()
    if (!this.#stopping.signal.aborted)
      this.#timer = setTimeout(() => void this.now(), this.#isAnswered ? everyMs : retryMs)
    return this.#isAnswered
  }
}

/** The JSON of the owner's response; throws for any status but 200. */
export async function readJson(url: URL, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal })
  if (response.status === 200) return response.json()
  await response.body?.cancel()
  throw new Error(`${url.pathname} answers with ${response.status}`)
}
