import { TokenBucket, TokenBuckets } from './token-bucket'

const rate = { perSecond: 10, burst: 3 }

test('lets a burst through, then as many as the rate, and says how long to wait', () => {
  const bucket = new TokenBucket(rate, 0)
  expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0, 100])
  expect(bucket.take(99)).toBeCloseTo(1)
  expect(bucket.take(100)).toBe(0)
  expect(bucket.take(100)).toBe(100)
})

test('a pause fills up the burst and no more', () => {
  const bucket = new TokenBucket(rate, 0)
  expect([60_000, 60_000, 60_000, 60_000].map((now) => bucket.take(now))).toEqual([0, 0, 0, 100])
})

test('each key has its own, and only so many are kept: the least recently used is forgotten', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 2)
  expect(buckets.take('a', 0)).toBe(0)
  expect(buckets.take('b', 0)).toBe(0)
  expect(buckets.take('a', 0)).toBe(1_000)
  expect(buckets.take('c', 0)).toBe(0)
  expect(buckets.size).toBe(2)
  expect(buckets.take('a', 0)).toBe(1_000)
  expect(buckets.take('b', 0)).toBe(0)
})
