import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@nestjs/common'

export interface OwnerPollOptions {
  /** What is asked for, for the log: "The keys for access tokens". */
  readonly what: string
  readonly everyMs: number
  readonly ask: (signal: AbortSignal) => Promise<void>
  readonly logger: Logger
}

/** One question hangs no longer than this. */
const timeoutMs = 3_000
/** Between a question that failed and the next of the steady ones. */
const retryMs = 1_000
/** Between a question that failed and the next, however many operations wait for the answer. */
const gapMs = 100
/** What the owner said so lately is not asked for again, however many operations would like to know better. */
const cooldownMs = 1_000
/** The longest that an operation waits. */
const patienceMs = 1_000

/** Asks the user subgraph for something, steadily and one question at a time; nobody has to wait for it while the last answer serves. */
export class OwnerPoll {
  readonly #stopping = new AbortController()
  #running: Promise<boolean> | null = null
  #timer: NodeJS.Timeout | undefined
  #askedAt = -Infinity
  #isAnswered = false
  #isAway = false

  constructor(private readonly options: OwnerPollOptions) {}

  /** Asks now, or joins the question that is under way; true when there was an answer. Never rejects. */
  now(): Promise<boolean> {
    this.#running ??= this.#ask().finally(() => (this.#running = null))
    return this.#running
  }

  /** For an operation that needs an answer: true when there is one that is not a second old, false after a second of waiting. */
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

/** The JSON that the owner answers with; throws for everything but a 200. */
export async function readJson(url: URL, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal })
  if (response.status === 200) return response.json()
  await response.body?.cancel()
  throw new Error(`${url.pathname} answers with ${response.status}`)
}
