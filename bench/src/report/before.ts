import { table } from '@parley/e2e/chaos/scenario'
import { goalText, isMet, median, shown } from './figure.ts'
import type { Figure, Goal } from './figure.ts'
import type { Result } from './result.ts'

/** Figures beside those of an earlier run, by their titles. */
export function besideBefore(figures: readonly Figure[], before: Result | undefined): readonly Figure[] {
  if (before === undefined) return figures
  return figures.map((figure) => {
    const earlier = before.figures.find(({ title }) => title === figure.title)?.rows.find(({ kind }) => kind === 'ours')
    if (earlier === undefined) return figure
    const row = { name: `before, ${before.commit}`, kind: 'before' as const, values: earlier.values }
    return { ...figure, rows: [...figure.rows, row] }
  })
}

/** Of a client there is no peer in the same run: ours stands beside ours as it was, in one table. */
export const hasBefore = (figures: readonly Figure[]): boolean =>
  figures.some(({ rows }) => rows.some(({ kind }) => kind === 'before'))

/** A row for each figure: as it was, as it is, and whether the goal is reached. */
export function changeTable(figures: readonly Figure[]): string {
  const earlier = figures.flatMap(({ rows }) => rows.find(({ kind }) => kind === 'before')?.name ?? [])[0] ?? 'before'
  const rows = figures.map((figure) => {
    const value = (kind: 'ours' | 'before') => valueIn(figure, kind)
    return [figure.title, figure.unit, value('before'), `**${value('ours')}**`, ...goalCells(figure)]
  })
  return table(['figure', 'unit', earlier, 'now', 'goal', 'met'], rows)
}

function valueIn({ rows }: Figure, wanted: 'ours' | 'before'): string {
  const row = rows.find(({ kind }) => kind === wanted)
  if (row === undefined) return ''
  return row.values.length === 0 ? 'fails' : shown(median(row.values))
}

function goalCells(figure: Figure): readonly string[] {
  const [goal] = figure.goals ?? []
  if (goal === undefined) return ['', '']
  return [bound(goal), isMet(figure, goal) === true ? '✓' : '✗']
}

const bound = (goal: Goal): string => goalText(goal, '').trim()
