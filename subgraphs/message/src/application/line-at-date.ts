/** How many lines are looked at in one round trip, evenly between those that are known. */
const evenly = 24
/** Beside them those around where the date would be if people always wrote as much: at these distances. */
const distances = Array.from({ length: 12 }, (_, power) => 4 ** power)

/** Reads when some lines were made; those that do not exist are left out. */
export type TimesOf = (lines: readonly number[]) => Promise<ReadonlyMap<number, Date>>

/** A line whose time is known; null for what is before the first and after the last. */
interface Bound {
  readonly line: number
  readonly time: number | null
}

/**
 * The first line at or after a time, among this many; one more than the last line when all are before it. Lines are in the order
 * of time but for the clocks of several processes: then it is one of the lines with which the time begins.
 *
 * Two round trips where people write evenly, and never more than the logarithm of the lines to the base of 25.
 */
export async function lineAtDate(date: Date, lines: number, timesOf: TimesOf): Promise<number> {
  // `low` is before the date and `high` is not.
  let low: Bound = { line: 0, time: null }
  let high: Bound = { line: lines + 1, time: null }
  while (high.line - low.line > 1) {
    const asked = [...new Set([...ends(low, high), ...spread(low, high), ...aroundGuess(date, low, high)])].sort(
      (one, other) => one - other,
    )
    const times = await timesOf(asked)
    for (const line of asked) {
      const time = times.get(line)?.getTime() ?? Infinity
      if (time >= date.getTime()) {
        high = { line, time }
        break
      }
      low = { line, time }
    }
  }
  return high.line
}

/** Lines between two others: all of them when they are few. */
function spread(low: Bound, high: Bound): readonly number[] {
  const gap = high.line - low.line
  const count = Math.min(evenly, gap - 1)
  return Array.from({ length: count }, (_, index) => low.line + Math.floor(((index + 1) * gap) / (count + 1)))
}

/** The first and the last line: how much was written in all that time. */
const ends = (low: Bound, high: Bound): readonly number[] => [
  ...(low.time === null ? [low.line + 1] : []),
  ...(high.time === null ? [high.line - 1] : []),
]

function aroundGuess(date: Date, low: Bound, high: Bound): readonly number[] {
  if (low.time === null || high.time === null || high.time <= low.time) return []
  const share = (date.getTime() - low.time) / (high.time - low.time)
  const guess = low.line + Math.round(share * (high.line - low.line))
  return [guess, ...distances.flatMap((distance) => [guess - distance, guess + distance])].filter(
    (line) => line > low.line && line < high.line,
  )
}
