import { ReadTeller, type Seen } from './read-teller'

/** A device that knows a revision, and a server that may be away. */
function device() {
  const told: Seen[] = []
  const state = { revision: 0, isAway: false }
  const teller = new ReadTeller({
    revision: () => state.revision,
    tell: (seen) => {
      told.push(seen)
      return state.isAway ? Promise.reject(new Error('away')) : Promise.resolve(true)
    },
  })
  return { teller, told, state, later: () => jest.advanceTimersByTimeAsync(1_000) }
}

describe('how far one has read', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('is told once, after a moment, and at once when one leaves', async () => {
    const { teller, told, later } = device()
    teller.see(4)
    teller.see(5)
    expect(told).toEqual([])
    await later()
    teller.see(5)
    teller.retry()
    await later()
    expect(told).toEqual([{ line: 5, revision: 0 }])
    teller.see(6)
    teller.leave()
    await later()
    expect(told.slice(1)).toEqual([{ line: 6, revision: 0 }])
    teller.leave()
    expect(told).toHaveLength(2)
  })

  it('is told again in the revision in which it was seen, and not in that of a mark that came since', async () => {
    const { teller, told, state, later } = device()
    state.isAway = true
    teller.see(5)
    await later()
    state.isAway = false
    state.revision = 1
    teller.retry()
    teller.see(5)
    await later()
    expect(told).toEqual([
      { line: 5, revision: 0 },
      { line: 5, revision: 0 },
    ])
    teller.see(6)
    await later()
    expect(told.slice(2)).toEqual([{ line: 6, revision: 1 }])
  })

  it('is told anew when one comes back to what was marked meanwhile', async () => {
    const { teller, told, state, later } = device()
    teller.see(5)
    await later()
    state.revision = 1
    await later()
    expect(told).toHaveLength(1)
    teller.lookAway()
    teller.see(5)
    await later()
    expect(told.slice(1)).toEqual([{ line: 5, revision: 1 }])
  })

  it('is told at once when nobody looks any more, and then no more', async () => {
    const { teller, told, later } = device()
    teller.see(0)
    await later()
    expect(told).toEqual([])
    teller.see(5)
    teller.lookAway()
    expect(told).toEqual([{ line: 5, revision: 0 }])
    teller.retry()
    teller.leave()
    await later()
    expect(told).toHaveLength(1)
  })

  it('is told little while one scrolls, and the last of it all the same', async () => {
    const { teller, told } = device()
    for (let line = 1; line <= 100; line += 1) {
      teller.see(line)
      await jest.advanceTimersByTimeAsync(100)
    }
    expect(told.length).toBeGreaterThan(10)
    expect(told.length).toBeLessThan(16)
    await jest.advanceTimersByTimeAsync(1_000)
    expect(told.at(-1)).toEqual({ line: 100, revision: 0 })
  })
})
