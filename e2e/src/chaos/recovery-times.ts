/** What was asked at one moment and when it succeeded; null when it did not. */
export interface Attempt {
  readonly asked: number
  readonly succeeded: number | null
}

/** Slower than this is as good as not answered: somebody is waiting. */
const patienceMs = 1_000

/** What has just begun says nothing yet. */
export const isDecided = (asked: number, isDone: boolean): boolean => isDone || performance.now() - asked > patienceMs

/**
 * How long after the fault attempts succeeded again and went on succeeding: the end of the first of the unbroken row of quick
 * successes at the end. Null when there is no such row.
 */
export function timeToRecover(fault: number, attempts: readonly Attempt[]): number | null {
  const after = attempts.filter(({ asked }) => asked >= fault).toSorted((one, other) => one.asked - other.asked)
  const lastBad = after.findLastIndex(({ asked, succeeded }) => succeeded === null || succeeded - asked > patienceMs)
  const first = after[lastBad + 1]
  const succeeded = first?.succeeded ?? null
  return succeeded === null ? null : succeeded - fault
}

/** How many quick successes in a row stand at the end. */
export function steadyFor(attempts: readonly Attempt[]): number {
  const bad = attempts.findLastIndex(({ asked, succeeded }) => succeeded === null || succeeded - asked > patienceMs)
  return attempts.length - bad - 1
}
