import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Logger } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { Cluster } from 'ioredis'
import type { UserEnv } from '../env'
import { testRedis } from '../testing/test-redis'
import { RedisRateLimits } from './redis-rate-limits'

const env = {
  RATE_LIMIT_LOGIN_PER_MINUTE: 3,
  RATE_LIMIT_LOGIN_PER_ADDRESS_PER_MINUTE: 5,
  RATE_LIMIT_REGISTER_PER_ADDRESS_PER_MINUTE: 2,
} as UserEnv

const from = (address: string, device: string | null = null) => ({ address, device })

const outcome = (admission: Promise<void>): Promise<string> =>
  admission.then(
    () => 'admitted',
    (error: unknown) => (error instanceof DomainError ? error.code : 'failed'),
  )

describe('Redis Cluster', () => {
  let redis: Cluster
  let away: Cluster
  beforeAll(async () => {
    redis = await testRedis()
    away = await testRedis()
    away.disconnect()
    await once(away, 'end')
    Logger.overrideLogger(false)
  })
  afterAll(() => redis.disconnect())

  async function outcomes(count: number, admit: (limits: RedisRateLimits) => Promise<void>): Promise<string[]> {
    const limits = new RedisRateLimits(redis, env)
    return (await Promise.all(Array.from({ length: count }, () => outcome(admit(limits))))).sort()
  }

  it('limits log-ins for a username over all addresses', async () => {
    const username = randomUUID()
    expect(await outcomes(5, (limits) => limits.admitLogIn(username, from(randomUUID())))).toEqual([
      'RATE_LIMITED',
      'RATE_LIMITED',
      'admitted',
      'admitted',
      'admitted',
    ])
    expect(await outcomes(1, (limits) => limits.admitLogIn(randomUUID(), from(randomUUID())))).toEqual(['admitted'])
  })

  it('limits log-ins from an address without counting them for the usernames', async () => {
    const [address, username] = [randomUUID(), randomUUID()]
    expect(await outcomes(5, (limits) => limits.admitLogIn(randomUUID(), from(address)))).not.toContain('RATE_LIMITED')
    expect(await outcomes(4, (limits) => limits.admitLogIn(username, from(address)))).not.toContain('admitted')
    expect(await outcomes(1, (limits) => limits.admitLogIn(username, from(randomUUID())))).toEqual(['admitted'])
  })

  it('limits registrations from an address, with the time to wait', async () => {
    const address = randomUUID()
    expect(await outcomes(2, (limits) => limits.admitRegistration(address))).toEqual(['admitted', 'admitted'])
    await expect(new RedisRateLimits(redis, env).admitRegistration(address)).rejects.toThrow(
      /^Too many tries\. Try again in (60|5\d) seconds\.$/,
    )
  })

  it('counts a known device separately, and limits guessing there too', async () => {
    const [address, username] = [randomUUID(), randomUUID()]
    await outcomes(6, (limits) => limits.admitLogIn(username, from(address)))
    expect(await outcomes(1, (limits) => limits.admitLogIn(username, from(address)))).toEqual(['RATE_LIMITED'])
    const known = await outcomes(4, (limits) => limits.admitLogIn(username, from(address, 'device')))
    expect(known).toEqual(['RATE_LIMITED', 'admitted', 'admitted', 'admitted'])
    expect(await outcomes(1, (limits) => limits.admitLogIn(randomUUID(), from('elsewhere', 'device')))).toEqual([
      'admitted',
    ])
  })

  it('counts locally while Redis is down', async () => {
    const limits = new RedisRateLimits(away, env)
    const tries = (admit: () => Promise<void>) => Promise.all(Array.from({ length: 5 }, () => outcome(admit())))
    const username = randomUUID()
    expect(await tries(() => limits.admitLogIn(username, from(randomUUID())))).toEqual([
      'admitted',
      'admitted',
      'admitted',
      'RATE_LIMITED',
      'RATE_LIMITED',
    ])
    expect(await tries(() => limits.admitRegistration('somewhere'))).toContain('RATE_LIMITED')
    expect(await outcome(limits.admitLogIn(randomUUID(), from(randomUUID())))).toBe('admitted')
  })
})
