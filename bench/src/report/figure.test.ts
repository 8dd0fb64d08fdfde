import { figureTable, goalText, isMet, missedOf, ratioTo, shown } from './figure.ts'
import type { Figure } from './figure.ts'

const fanOut: Figure = {
  title: 'fan-out, 200 followers',
  unit: 'deliveries per CPU-second',
  better: 'more',
  rows: [
    { name: 'ours', kind: 'ours', values: [90_000, 10, 80_000] },
    { name: 'bare ws', kind: 'limit', values: [100_000, 99_000, 101_000] },
    { name: 'graphql-ws', kind: 'peer', values: [] },
  ],
  goals: [{ than: 'bare ws', atLeast: 1 }, { atLeast: 50_000 }],
}

describe('a figure', () => {
  it('compares medians, so one bad round changes nothing', () => {
    expect(ratioTo(fanOut, 'bare ws')).toBe(0.8)
  })

  it('misses the goal by a ratio, and meets the absolute one', () => {
    expect(missedOf(fanOut)).toEqual([
      'fan-out, 200 followers: ours 80,000 deliveries per CPU-second, 0.8× bare ws; the goal is at least 1× bare ws',
    ])
  })

  it('does not count as met what was not measured', () => {
    expect(isMet(fanOut, { than: 'graphql-ws', atLeast: 1 })).toBeNull()
    expect(missedOf({ ...fanOut, goals: [{ than: 'graphql-ws', atLeast: 1 }] })).toHaveLength(1)
  })

  it('is a table with the rounds and the ratios', () => {
    const [, , ours, bare, stock] = figureTable(fanOut).split('\n')
    expect(ours).toContain('| **ours** ')
    expect(bare).toMatch(/100,000 .*0\.8×/)
    expect(stock).toContain('–')
  })

  it('shows three digits', () => {
    expect([0.012345, 7.0004, 123.45, 1_234.5, 98_765].map(shown)).toEqual(['0.0123', '7', '123', '1,230', '98,800'])
    expect(goalText({ atMost: 1.05, than: 'two subgraphs' }, 'ms')).toBe('at most 1.05× two subgraphs')
  })
})
