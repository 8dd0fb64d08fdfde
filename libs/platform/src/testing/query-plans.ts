import { entryPoints } from './entry-points'

/** How an engine runs a query. */
export interface QueryPlan {
  /** Without its values. */
  readonly query: string
  /** From the outermost to the innermost. */
  readonly steps: readonly string[]
  /** Steps whose time grows with the amount of data. */
  readonly faults: readonly string[]
}

/** Queries that may be slow, by the reason why. */
export type Exemptions = Readonly<Record<string, RegExp>>

/** Slow queries without an exemption, and unneeded exemptions; those for some engines only may be unneeded. */
export function unexcused(plans: readonly QueryPlan[], exemptions: Exemptions, onSomeEngines: Exemptions = {}) {
  const slow = plans.filter(({ faults }) => faults.length > 0)
  const excused = [...Object.values(exemptions), ...Object.values(onSomeEngines)]
  return {
    slow: slow.filter(({ query }) => !excused.some((pattern) => pattern.test(query))),
    needless: Object.entries(exemptions)
      .filter(([, pattern]) => !slow.some(({ query }) => pattern.test(query)))
      .map(([reason]) => reason),
  }
}

export interface ObservedPlans {
  readonly plans: readonly QueryPlan[]
  /** A line for each query. */
  readonly lines: readonly string[]
  /** Entry points that query the engine and were not run. */
  readonly missed: readonly string[]
}

/** Runs everything, and reports which entry points of these folders have no run. */
export async function runAll(
  runs: Readonly<Record<string, () => unknown>>,
  folders: readonly string[],
  engine: string,
): Promise<readonly string[]> {
  for (const run of Object.values(runs)) await run()
  return folders.flatMap((folder) => entryPoints(folder, engine)).filter((name) => !(name in runs))
}

/** The contract for the queries of every service, on each engine. */
export function queryPlansContract(
  observed: () => ObservedPlans,
  exemptions: Exemptions = {},
  onSomeEngines: Exemptions = {},
): void {
  it('cover every entry point that queries the engine', () => {
    expect(observed().missed).toEqual([])
  })

  it('are these', () => {
    expect(observed().lines).toMatchSnapshot()
  })

  it('are all served by an index, in the order of the index', () => {
    expect(unexcused(observed().plans, exemptions, onSomeEngines)).toEqual({ slow: [], needless: [] })
  })
}
