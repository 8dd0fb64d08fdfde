import { createHash } from 'node:crypto'
import { Injectable, Logger } from '@nestjs/common'
import { Cluster } from 'ioredis'
import { RateLimits, type TryOrigin } from '../application/rate-limits'
import { tooManyTries } from '../domain/policy'
import { InjectUserEnv, type UserEnv } from '../env'
import { type Count, LocalCounts } from './local-counts'

/** A window starts with its first attempt. One script, so that a counter always has an expiry. */
const countTry = `
local tries = redis.call('INCR', KEYS[1])
if tries == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {tries, redis.call('PTTL', KEYS[1])}`

const windowMs = 60_000
/** Some 10 MB. */
const localCapacity = 50_000
/** How long Redis is not used after it did not answer, so that not every attempt waits for it. */
const awayMs = 5_000

/** Counts in Redis for all instances, and in each instance while Redis does not answer: there is always a limit. */
@Injectable()
export class RedisRateLimits extends RateLimits {
  readonly #logger = new Logger(RedisRateLimits.name)
  readonly #local = new LocalCounts(windowMs, localCapacity)
  #awayUntil = -Infinity

  constructor(
    private readonly redis: Cluster,
    @InjectUserEnv() private readonly env: UserEnv,
  ) {
    super()
  }

  override async admitLogIn(username: string, { address, device }: TryOrigin): Promise<void> {
    if (device !== null) {
      await this.#admit('log-in-device', `${device} ${username}`, this.env.RATE_LIMIT_LOGIN_PER_MINUTE)
      return
    }
    // The address first: attempts that are refused there do not count for the username.
    await this.#admit('log-in-address', address, this.env.RATE_LIMIT_LOGIN_PER_ADDRESS_PER_MINUTE)
    await this.#admit('log-in-username', username, this.env.RATE_LIMIT_LOGIN_PER_MINUTE)
  }

  override admitRegistration(address: string): Promise<void> {
    return this.#admit('register-address', address, this.env.RATE_LIMIT_REGISTER_PER_ADDRESS_PER_MINUTE)
  }

  async #admit(what: string, who: string, limit: number): Promise<void> {
    // Hashed: usernames and addresses are of any length, and must not be readable in Redis.
    const key = `parley:rate:${what}:${createHash('sha256').update(who).digest('base64url')}`
    const { tries, remainingMs } = (await this.#countForAll(key)) ?? this.#local.count(key, performance.now())
    if (tries > limit) throw tooManyTries(Math.max(1, Math.ceil(remainingMs / 1_000)))
  }

  /** Null while Redis does not answer. */
  async #countForAll(key: string): Promise<Count | null> {
    if (performance.now() < this.#awayUntil) return null
    try {
      const [tries, remainingMs] = (await this.redis.eval(countTry, 1, key, windowMs)) as [number, number]
      return { tries, remainingMs }
    } catch (error) {
      this.#awayUntil = performance.now() + awayMs
      this.#logger.warn({ err: error }, 'Redis does not answer: this process counts tries by itself')
      return null
    }
  }
}
