/** How an engine runs a query. */
export interface QueryPlan {
  /** Without its values. */
  readonly query: string
  /** From the outermost to the innermost. */
  readonly steps: readonly string[]
  /** Steps that take longer the fuller the installation is. */
  readonly faults: readonly string[]
}

/** Queries that may be slow, by the reason why. */
export type Exemptions = Readonly<Record<string, RegExp>>

/** Slow queries that no exemption names, and exemptions that name none; those that hold for some engines only need not. */
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
