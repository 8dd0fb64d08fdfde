import type { Figure } from '../report/figure.ts'
import type { Cost } from './world.ts'

/** A figure of the web client, where less is better; `before` and others are put beside it later. */
export const clientFigure = (title: string, unit: string, values: readonly number[], atMost?: number): Figure => ({
  title,
  unit,
  better: 'less',
  rows: [{ name: 'now', kind: 'ours', values }],
  ...(atMost === undefined ? {} : { goals: [{ atMost }] }),
})

export const costFigures = (title: string, { cpuMs, renders }: Cost): readonly Figure[] => [
  clientFigure(`${title}: main thread`, 'CPU ms', [cpuMs]),
  clientFigure(`${title}: components that render`, 'components', [renders]),
]
