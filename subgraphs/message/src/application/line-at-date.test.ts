import fc from 'fast-check'
import { lineAtDate } from './line-at-date'

/** Finds a date among lines that were made at these times, and counts the round trips. */
async function search(times: readonly number[], date: number) {
  let trips = 0
  const line = await lineAtDate(new Date(date), times.length, (lines) => {
    trips += 1
    return Promise.resolve(new Map(lines.map((each) => [each, new Date(times[each - 1] ?? NaN)])))
  })
  return { line, trips }
}

describe('the line at a date', () => {
  const times = fc.array(fc.nat({ max: 500 }), { maxLength: 400 })

  it('is the first one at or after it', async () => {
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: -1, max: 501 }), async (some, date) => {
        const ordered = some.toSorted((one, other) => one - other)
        const first = ordered.findIndex((time) => time >= date)
        expect((await search(ordered, date)).line).toBe(first === -1 ? ordered.length + 1 : first + 1)
      }),
    )
  })

  it('is one with which it begins, when clocks of several processes differ', async () => {
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: -1, max: 501 }), async (unordered, date) => {
        const { line } = await search(unordered, date)
        if (line > 1) expect(unordered[line - 2]).toBeLessThan(date)
        if (line <= unordered.length) expect(unordered[line - 1]).toBeGreaterThanOrEqual(date)
      }),
    )
  })

  it('is found in few round trips, whatever the conversation has seen', async () => {
    const even = (count: number) => Array.from({ length: count }, (_, index) => index)
    expect((await search(even(40), 20)).trips).toBe(1)
    expect((await search(even(10_000), 1_234)).trips).toBeLessThanOrEqual(3)
    expect((await search(even(5_000_000), 4_999_998)).trips).toBeLessThanOrEqual(4)
  })
})
