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

  it('is not told of what is not visible any more, nor of an empty list', async () => {
    const { teller, told, later } = device()
    teller.see(0)
    await later()
    teller.see(5)
    teller.lookAway()
    teller.retry()
    teller.leave()
    await later()
    expect(told).toEqual([])
  })
})
