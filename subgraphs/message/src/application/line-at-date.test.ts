import fc from 'fast-check'
import { lineAtDate } from './line-at-date'

/** Finds a date among so many lines, of which the first is made at `timeOf(0)`, and counts the round trips. */
async function search(count: number, timeOf: (index: number) => number, date: number) {
  let trips = 0
  const line = await lineAtDate(new Date(date), count, (lines) => {
    trips += 1
    return Promise.resolve(new Map(lines.map((each) => [each, new Date(timeOf(each - 1))])))
  })
  return { line, trips }
}

const searchIn = (times: readonly number[], date: number) => search(times.length, (index) => times[index] ?? NaN, date)

describe('the line at a date', () => {
  const times = fc.array(fc.nat({ max: 500 }), { maxLength: 400 })

  it('is the first one at or after it', async () => {
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: -1, max: 501 }), async (some, date) => {
        const ordered = some.toSorted((one, other) => one - other)
        const first = ordered.findIndex((time) => time >= date)
        expect((await searchIn(ordered, date)).line).toBe(first === -1 ? ordered.length + 1 : first + 1)
      }),
    )
  })

  it('is one with which it begins, when clocks of several processes differ', async () => {
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: -1, max: 501 }), async (unordered, date) => {
        const { line } = await searchIn(unordered, date)
        if (line > 1) expect(unordered[line - 2]).toBeLessThan(date)
        if (line <= unordered.length) expect(unordered[line - 1]).toBeGreaterThanOrEqual(date)
      }),
    )
  })

  const even = (index: number) => index * 60_000
  const daily = (index: number) => Math.floor(index / 300) * 86_400_000 + (index % 300) * 7_000
  const sudden = (index: number) => Math.floor(1.000_005 ** index)

  it.each([
    ['evenly', even, 2],
    ['for half an hour a day', daily, 4],
    ['ever less', sudden, 5],
  ])('is found in few round trips where people write %s, also among five million lines', async (_how, timeOf, most) => {
    for (const count of [10_000, 5_000_000])
      for (const share of [0, 0.001, 0.37, 0.5, 0.999]) {
        const date = timeOf(Math.floor(share * count))
        const { line, trips } = await search(count, timeOf, date)
        expect(timeOf(line - 1)).toBe(date)
        if (line > 1) expect(timeOf(line - 2)).toBeLessThan(date)
        expect(trips).toBeLessThanOrEqual(most)
      }
  })
})
