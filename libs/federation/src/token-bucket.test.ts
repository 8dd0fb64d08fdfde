import { TokenBucket, TokenBuckets } from './token-bucket'

const rate = { perSecond: 10, burst: 3 }

test('allows a burst, then the rate, and returns how long to wait', () => {
  const bucket = new TokenBucket(rate, 0)
  expect([0, 0, 0, 0].map((now) => bucket.take(now))).toEqual([0, 0, 0, 100])
  expect(bucket.take(99)).toBeCloseTo(1)
  expect(bucket.take(100)).toBe(0)
  expect(bucket.take(100)).toBe(100)
})

test('takes several at once, or none of them', () => {
  const bucket = new TokenBucket({ perSecond: 10, burst: 30 }, 0)
  expect([20, 20, 10].map((amount) => bucket.take(0, amount))).toEqual([0, 1_000, 0])
  expect(bucket.take(1_000, 0)).toBe(0)
  expect(bucket.take(1_000, 10)).toBe(0)
})

test('a pause refills the bucket up to the burst', () => {
  const bucket = new TokenBucket(rate, 0)
  expect([60_000, 60_000, 60_000, 60_000].map((now) => bucket.take(now))).toEqual([0, 0, 0, 100])
})

test('each key has its own bucket, and their number is bounded: the least recently used is evicted', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 2)
  expect(buckets.take('a', 0)).toBe(0)
  expect(buckets.take('b', 0)).toBe(0)
  expect(buckets.take('a', 0)).toBe(1_000)
  expect(buckets.take('c', 0)).toBe(0)
  expect(buckets.size).toBe(2)
  expect(buckets.take('a', 0)).toBe(1_000)
  expect(buckets.take('b', 0)).toBe(0)
})
