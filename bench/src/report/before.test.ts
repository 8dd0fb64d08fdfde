import { besideBefore, changeTable, hasBefore } from './before.ts'
import type { Figure } from './figure.ts'
import { performancePage } from './performance-page.ts'
import type { Result } from './result.ts'

const figure = (title: string, values: readonly number[], atMost?: number): Figure => ({
  title,
  unit: 'ms',
  better: 'less',
  rows: [{ name: 'now', kind: 'ours', values }],
  ...(atMost === undefined ? {} : { goals: [{ atMost }] }),
})

const before: Result = {
  bench: 'client',
  command: 'npm run bench -- client',
  isQuick: false,
  at: '2026-11-30',
  commit: 'abc1234',
  machine: '2 × a core',
  figures: [figure('a switch', [90, 80, 100], 50), figure('offline', [])],
  notes: [],
}

describe('a run beside an earlier one', () => {
  const now = besideBefore(
    [figure('a switch', [20, 30, 10], 50), figure('offline', [70], 60), figure('new', [3])],
    before,
  )

  it('finds the earlier values by the title', () => {
    expect(now.map(({ rows }) => rows[1]?.values)).toEqual([[90, 80, 100], [], undefined])
    expect(besideBefore([figure('a switch', [1])], undefined)[0]?.rows).toHaveLength(1)
    expect([hasBefore(now), hasBefore(before.figures)]).toEqual([true, false])
  })

  it('shows both in one row, with what failed and which goal is met', () => {
    const [head = '', , ...rows] = changeTable(now).split('\n')
    const cells = [head, ...rows].map((row) => row.split('|').map((cell) => cell.trim()))
    expect(cells.map((row) => row.slice(1, -1))).toEqual([
      ['figure', 'unit', 'before, abc1234', 'now', 'goal', 'met'],
      ['a switch', 'ms', '90', '**20**', 'at most 50', '✓'],
      ['offline', 'ms', 'fails', '**70**', 'at most 60', '✗'],
      ['new', 'ms', '', '**3**', '', ''],
    ])
  })

  it('is one table of the page, without a picture', () => {
    const page = performancePage([{ ...before, figures: now }])
    expect(Object.keys(page)).toEqual(['performance.md'])
    expect(page['performance.md']).toContain('| before, abc1234 |')
  })
})
