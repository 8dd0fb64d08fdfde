import { LocalCounts } from './local-counts'

it('counts each name in a window that starts with its first attempt', () => {
  const counts = new LocalCounts(1_000, 10)
  expect(counts.count('a', 0)).toEqual({ tries: 1, remainingMs: 1_000 })
  expect(counts.count('b', 600)).toEqual({ tries: 1, remainingMs: 1_000 })
  expect(counts.count('a', 900)).toEqual({ tries: 2, remainingMs: 100 })
  expect(counts.count('a', 1_000)).toEqual({ tries: 1, remainingMs: 1_000 })
  expect(counts.count('b', 1_500)).toEqual({ tries: 2, remainingMs: 100 })
})

it('keeps its memory bounded for any number of names', () => {
  const counts = new LocalCounts(60_000, 100)
  for (let index = 0; index < 10_000; index += 1) counts.count(`name ${index}`, index)
  expect(counts.size).toBeLessThanOrEqual(100)
  expect(counts.count('name 9999', 10_000).tries).toBe(2)
})
