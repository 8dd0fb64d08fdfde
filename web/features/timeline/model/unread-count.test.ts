import { ada, bob, messageSent } from '../../../testing/timeline-log'
import { Lines } from './lines'
import { unreadCount } from './unread-count'

/** Every fifth is Ada's, who reads. */
const loaded = (first: number, last: number) =>
  Lines.of(
    Array.from({ length: last - first + 1 }, (_, index) => {
      const line = first + index
      return messageSent(line, line, { actor: line % 5 === 0 ? ada : bob })
    }),
  )
const viewerId = ada.id

describe('how much is unread', () => {
  it('is what the server says, without what was read since', () => {
    const told = { readLine: 100, unreadCount: 4_000 }
    const window = loaded(76, 125)
    const count = (through: number) =>
      unreadCount({ told, through, lastLine: 5_100, loaded: [window, loaded(5_051, 5_100)], viewerId })
    expect(count(100)).toBe(4_000)
    // Of 101 to 110 two are her own.
    expect(count(110)).toBe(3_992)
    expect(count(5_100)).toBe(0)
  })

  it('is nothing once the end is read, whatever has not been told yet', () => {
    const told = { readLine: 100, unreadCount: 9 }
    expect(unreadCount({ told, through: 120, lastLine: 120, loaded: [loaded(71, 120)], viewerId })).toBe(0)
    expect(
      unreadCount({ told: { readLine: 119, unreadCount: 0 }, through: 121, lastLine: 122, loaded: [], viewerId }),
    ).toBe(0)
  })

  it('is counted here while the server has not told, as in a thread', () => {
    const count = (lines: readonly Lines[]) =>
      unreadCount({ told: null, through: 10, lastLine: 30, loaded: lines, viewerId })
    expect(count([loaded(1, 30)])).toBe(16)
    expect(count([loaded(1, 20), loaded(16, 30)])).toBe(16)
    expect(count([])).toBe(20)
  })
})
