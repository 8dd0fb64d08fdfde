import { createHash } from 'node:crypto'
import { Injectable, Logger } from '@nestjs/common'
import { Cluster } from 'ioredis'
import { RateLimits } from '../application/rate-limits'
import { tooManyTries } from '../domain/policy'
import { InjectUserEnv, type UserEnv } from '../env'

/** A window begins with its first try. One script, so that a counter can never be left without an end. */
const countTry = `
local tries = redis.call('INCR', KEYS[1])
if tries == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {tries, redis.call('PTTL', KEYS[1])}`

const windowMs = 60_000

@Injectable()
export class RedisRateLimits extends RateLimits {
  readonly #logger = new Logger(RedisRateLimits.name)

  constructor(
    private readonly redis: Cluster,
    @InjectUserEnv() private readonly env: UserEnv,
  ) {
    super()
  }

  override async admitLogIn(username: string, address: string): Promise<void> {
    // The address first: one that is stopped there cannot use up somebody else's tries.
    await this.#admit('log-in-address', address, this.env.RATE_LIMIT_LOGIN_PER_ADDRESS_PER_MINUTE)
    await this.#admit('log-in-username', username, this.env.RATE_LIMIT_LOGIN_PER_MINUTE)
  }

  override admitRegistration(address: string): Promise<void> {
    return this.#admit('register-address', address, this.env.RATE_LIMIT_REGISTER_PER_ADDRESS_PER_MINUTE)
  }

  async #admit(what: string, who: string, limit: number): Promise<void> {
    const { tries, remainingMs } = await this.#count(what, who)
    if (tries > limit) throw tooManyTries(Math.max(1, Math.ceil(remainingMs / 1_000)))
  }

  async #count(what: string, who: string): Promise<{ tries: number; remainingMs: number }> {
    try {
      // Hashed: usernames and addresses are of any length, and nobody's to read in Redis.
      const key = `parley:rate:${what}:${createHash('sha256').update(who).digest('base64url')}`
      const [tries, remainingMs] = (await this.redis.eval(countTry, 1, key, windowMs)) as [number, number]
      return { tries, remainingMs }
    } catch (error) {
      this.#logger.warn({ err: error, what }, 'Rate limits are off: Redis does not answer')
      return { tries: 0, remainingMs: 0 }
    }
  }
}
