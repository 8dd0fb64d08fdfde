import { barChart } from './bar-chart.ts'
import type { Figure } from './figure.ts'
import { performancePage } from './performance-page.ts'
import type { Result } from './result.ts'

const figure: Figure = {
  title: 'join of two <subgraphs>',
  unit: 'requests per CPU-second',
  better: 'more',
  rows: [
    { name: 'ours', kind: 'ours', values: [2_000, 1_900, 2_100] },
    { name: 'reference', kind: 'peer', values: [400] },
    { name: 'not there', kind: 'limit', values: [] },
  ],
  goals: [{ than: 'reference', atLeast: 5 }, { than: 'not there', atLeast: 1 }, { atLeast: 3_000 }],
}

const result: Result = {
  bench: 'queries',
  command: 'npm run bench -- queries',
  isQuick: false,
  at: '2026-11-28',
  commit: 'abc1234',
  machine: '2 × a core',
  figures: [figure],
  notes: ['one\n  note'],
}

describe('docs/performance.md', () => {
  it('says of each goal whether it is met, missed or not measured', () => {
    const { 'performance.md': page = '' } = performancePage([result])
    expect(page).toContain('✓ goal: at least 5× reference · – goal: at least 1× not there · ✗ goal: at least 3,000')
    expect(page).toContain('![queries](performance/queries.svg)')
    expect(page).toContain('- one note')
    expect(page).not.toContain('A quick run')
  })

  it('marks a quick run, which nobody should quote', () => {
    const { 'performance.md': page = '' } = performancePage([{ ...result, isQuick: true }])
    expect(page).toContain('**A quick run**')
    expect(page).toContain('✓ (quick run)')
  })

  it('draws a bar for each row, the longest for the largest value', () => {
    const picture = barChart('queries', [figure])
    const lengths = [...picture.matchAll(/<rect [^>]*width="(\d+)"/g)].map(([, length]) => Number(length))
    expect(lengths).toEqual([380, 76, 1])
    expect(picture).toContain('join of two &lt;subgraphs&gt;')
    expect(picture).toContain('not measured')
  })
})
