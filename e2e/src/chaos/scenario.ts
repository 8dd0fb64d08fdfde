/** The options of `npm run chaos -- NAME`. */
export interface Run {
  /** The rows to run; all when empty. */
  readonly only: readonly string[]
  /** How often each fault is repeated. */
  readonly times: number
  /** The duration of a load; each scenario has its own default. */
  readonly minutes: number | undefined
  /** What a scenario chooses at random, it chooses by this. */
  readonly seed: number
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

export interface Scenario {
  readonly name: string
  /** The promise to check, in one sentence. */
  readonly promise: string
  /** Prints its table as it runs, and resolves with a sentence for each broken promise. */
  readonly run: (run: Run) => Promise<readonly string[]>
}

export const isAsked = ({ only }: Run, name: string): boolean => only.length === 0 || only.includes(name)

/** Rows under their headings, in Markdown, so that a printed result can be copied into docs/. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`
  return [line(headings), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}

/** The middle of the sorted values; of an even count the lower one, which was measured. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`
