import type { Cluster } from 'ioredis'
import { presenceRecordsContract } from '../testing/presence-records.contract'
import { newUserId } from '../testing/sample-accounts'
import { testRedis } from '../testing/test-redis'
import { maxConnections, RedisPresence } from './redis-presence'

describe('presence in a Redis Cluster', () => {
  let redis: Cluster
  let presence: RedisPresence
  beforeAll(async () => {
    redis = await testRedis()
    presence = new RedisPresence(redis)
  })
  afterAll(() => redis.disconnect())

  presenceRecordsContract(() => presence)

  it('keeps a bounded number of connections of one person: those that last longest, and the newest', async () => {
    const ann = newUserId()
    const now = Date.now()
    for (let index = 0; index < 3 * maxConnections; index += 1)
      await presence.put(ann, { connectionId: `c${index}`, isActive: false, until: now + 100_000 - index }, now)
    const [found] = await presence.read([ann])
    expect(found?.signs).toHaveLength(maxConnections)
    expect(found?.signs.map(({ connectionId }) => connectionId)).toEqual(
      expect.arrayContaining(['c0', `c${3 * maxConnections - 1}`]),
    )
  })

  it('expires by itself', async () => {
    const ann = newUserId()
    await presence.put(ann, { connectionId: 'c', isActive: true, until: Date.now() + 1_000 }, Date.now())
    const left = await redis.pttl(`parley:presence:{${ann}}`)
    expect(left).toBeGreaterThan(29 * 86_400_000)
    expect(left).toBeLessThanOrEqual(30 * 86_400_000)
  })

  it('rejects while Redis is away', async () => {
    const away = await testRedis()
    away.disconnect()
    const absent = new RedisPresence(away)
    await expect(absent.read([newUserId()])).rejects.toThrow()
    await expect(absent.put(newUserId(), { connectionId: 'c', isActive: true, until: 1 }, 0)).rejects.toThrow()
  })
})
