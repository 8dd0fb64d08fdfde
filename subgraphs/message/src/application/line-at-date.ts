/** How many lines are looked at in one round trip: enough for 100,000 lines in three, and for five million in four. */
const probes = 48

/** Reads when some lines were made; those that do not exist are left out. */
export type TimesOf = (lines: readonly number[]) => Promise<ReadonlyMap<number, Date>>

/**
 * The first line at or after a time, among this many; one more than the last line when all are before it. Lines are in the order
 * of time but for the clocks of several processes: then it is one of the lines with which the time begins.
 */
export async function lineAtDate(date: Date, lines: number, timesOf: TimesOf): Promise<number> {
  // Line `low` is before the date and `high` is not.
  let low = 0
  let high = lines + 1
  while (high - low > 1) {
    const asked = spread(low, high)
    const times = await timesOf(asked)
    const isBefore = (line: number) => (times.get(line)?.getTime() ?? Infinity) < date.getTime()
    const later = asked.findIndex((line) => !isBefore(line))
    const before = later === -1 ? asked.at(-1) : asked[later - 1]
    high = asked[later] ?? high
    low = before ?? low
  }
  return high
}

/** Lines between two others, evenly: all of them when they are few. */
function spread(low: number, high: number): readonly number[] {
  const count = Math.min(probes, high - low - 1)
  return Array.from({ length: count }, (_, index) => low + Math.floor(((index + 1) * (high - low)) / (count + 1)))
}
