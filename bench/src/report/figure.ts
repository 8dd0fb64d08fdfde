import { percentile, table } from '@parley/e2e/chaos/scenario'

/** One server's values of a figure: one for each round. */
export interface Row {
  readonly name: string
  /** `before` is ours as it was, measured in a run of its own. */
  readonly kind: 'ours' | 'before' | 'peer' | 'limit' | 'part'
  readonly values: readonly number[]
}

/** What ours must reach: an absolute value, or a ratio of ours to another row. */
export interface Goal {
  readonly than?: string
  readonly atLeast?: number
  readonly atMost?: number
}

/** One line of a table, measured side by side in one run. */
export interface Figure {
  readonly title: string
  readonly unit: string
  readonly better: 'more' | 'less'
  readonly rows: readonly Row[]
  readonly goals?: readonly Goal[]
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

const valueOf = (row: Row | undefined): number => (row === undefined ? NaN : median(row.values))

/** Ours over the other: how many times as much. */
export function ratioTo({ rows }: Figure, name: string): number {
  return valueOf(rows.find(({ kind }) => kind === 'ours')) / valueOf(rows.find((row) => row.name === name))
}

/** Three digits that count, without an exponent. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1_000) return new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value)
  return String(Number(value.toPrecision(3)))
}

export function goalText({ than, atLeast, atMost }: Goal, unit: string): string {
  const bound = atLeast === undefined ? `at most ${shown(atMost ?? NaN)}` : `at least ${shown(atLeast)}`
  return than === undefined ? `${bound} ${unit}` : `${bound}× ${than}`
}

/** Whether ours reaches it; null when it could not be measured. */
export function isMet(figure: Figure, { than, atLeast = -Infinity, atMost = Infinity }: Goal): boolean | null {
  const reached = than === undefined ? valueOf(figure.rows.find(({ kind }) => kind === 'ours')) : ratioTo(figure, than)
  return Number.isFinite(reached) ? reached >= atLeast && reached <= atMost : null
}

export function missedOf(figure: Figure): readonly string[] {
  return (figure.goals ?? [])
    .filter((goal) => isMet(figure, goal) !== true)
    .map((goal) => {
      const ours = valueOf(figure.rows.find(({ kind }) => kind === 'ours'))
      const compared = goal.than === undefined ? '' : `, ${shown(ratioTo(figure, goal.than))}× ${goal.than}`
      return `${figure.title}: ours ${shown(ours)} ${figure.unit}${compared}; the goal is ${goalText(goal, figure.unit)}`
    })
}

/** One figure as rows of Markdown: each server, the median and its rounds, and how ours compares with it. */
export function figureTable(figure: Figure): string {
  const rows = figure.rows.map((row) => [
    row.kind === 'ours' ? `**${row.name}**` : row.name,
    shown(valueOf(row)),
    row.values.map(shown).join(' · '),
    row.kind === 'ours' ? '1' : `${shown(ratioTo(figure, row.name))}×`,
  ])
  return table([figure.title, figure.unit, 'rounds', 'ours is'], rows)
}
