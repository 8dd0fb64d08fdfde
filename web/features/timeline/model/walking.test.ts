import { ada, bob, messageSent } from '../../../testing/timeline-log'
import { timelineRows } from './rows'
import { nextMessage } from './walking'

describe('walking over the messages', () => {
  const joined = { type: 'MemberJoined', seq: 2, line: 2, at: messageSent(2).at, actor: ada, member: bob } as const
  const events = [messageSent(1), joined, messageSent(3), messageSent(4)]
  const rows = timelineRows({ events, echoes: [], quotes: new Map(), viewer: ada, readLine: null, complete: true })

  it('passes over days and other lines, and ends where the messages end', () => {
    expect(rows.map(({ kind }) => kind)).toEqual(['day', 'message', 'system', 'message', 'message'])
    expect([nextMessage(rows, 4, -1), nextMessage(rows, 3, -1), nextMessage(rows, 1, -1)]).toEqual([3, 1, -1])
    expect([nextMessage(rows, 1, 1), nextMessage(rows, 4, 1)]).toEqual([3, -1])
  })

  it('begins at either end of what is seen', () => {
    expect([nextMessage(rows, rows.length, -1), nextMessage(rows, -1, 1)]).toEqual([4, 1])
    expect(nextMessage([], 0, -1)).toBe(-1)
  })
})
