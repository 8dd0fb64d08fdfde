export interface Rate {
  readonly perSecond: number
  /** How many are allowed at once after a pause. */
  readonly burst: number
}

/** Allows `perSecond` on average. Times are milliseconds of one clock. */
export class TokenBucket {
  #tokens: number
  #at: number

  constructor(
    private readonly rate: Rate,
    now = performance.now(),
  ) {
    this.#tokens = rate.burst
    this.#at = now
  }

  /** Takes one, or `amount`, and returns 0; or takes nothing and returns the milliseconds until so many are available. */
  take(now = performance.now(), amount = 1): number {
    const waitMs = this.waitMs(now, amount)
    if (waitMs === 0) this.#tokens -= amount
    return waitMs
  }

  /** The same without taking. */
  waitMs(now = performance.now(), amount = 1): number {
    const { perSecond, burst } = this.rate
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1_000) * perSecond)
    this.#at = now
    return this.#tokens < amount ? ((amount - this.#tokens) / perSecond) * 1_000 : 0
  }
}

/** One bucket for each key, in bounded memory: the least recently used key is evicted first. */
export class TokenBuckets {
  readonly #byKey = new Map<string, TokenBucket>()

  constructor(
    private readonly rate: Rate,
    private readonly limit: number,
  ) {}

  get size(): number {
    return this.#byKey.size
  }

  take(key: string, now = performance.now(), amount = 1): number {
    const bucket = this.#byKey.get(key) ?? new TokenBucket(this.rate, now)
    // Insertion order is the order of use.
    this.#byKey.delete(key)
    this.#byKey.set(key, bucket)
    const [oldest] = this.#byKey.keys()
    if (this.#byKey.size > this.limit && oldest !== undefined) this.#byKey.delete(oldest)
    return bucket.take(now, amount)
  }

  /** The milliseconds until one is available, without taking it. */
  waitMs(key: string, now = performance.now()): number {
    return this.#byKey.get(key)?.waitMs(now) ?? 0
  }
}
