/** The start of one attempt and when it succeeded; null when it did not. */
export interface Attempt {
  readonly asked: number
  readonly succeeded: number | null
}

/** A slower answer counts as a failure, because a user waits for it. */
const patienceMs = 1_000

/** Attempts that have just started are undecided. */
export const isDecided = (asked: number, isDone: boolean): boolean => isDone || performance.now() - asked > patienceMs

/**
 * How long after the fault attempts succeeded again without another failure: the end of the first attempt in the
 * unbroken series of fast successes at the end. Null without such a series.
 */
export function timeToRecover(fault: number, attempts: readonly Attempt[]): number | null {
  const after = attempts.filter(({ asked }) => asked >= fault).toSorted((one, other) => one.asked - other.asked)
  const lastBad = after.findLastIndex(({ asked, succeeded }) => succeeded === null || succeeded - asked > patienceMs)
  const first = after[lastBad + 1]
  const succeeded = first?.succeeded ?? null
  return succeeded === null ? null : succeeded - fault
}

/** The number of fast successes in sequence at the end. */
export function steadyFor(attempts: readonly Attempt[]): number {
  const bad = attempts.findLastIndex(({ asked, succeeded }) => succeeded === null || succeeded - asked > patienceMs)
  return attempts.length - bad - 1
}
