const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const weekdayName = new Intl.DateTimeFormat(undefined, { weekday: 'long' })
const longWeekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const longDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** The local day as a key that sorts: 2026-11-24. */
export function dayKey(at: Date): string {
  return [at.getFullYear(), pad(at.getMonth() + 1), pad(at.getDate())].join('-')
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

/** Whole local days between two moments, counted by the calendar and not by hours. */
function daysBetween(earlier: Date, later: Date): number {
  const midnight = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())
  return Math.round((midnight(later) - midnight(earlier)) / 86_400_000)
}

/** 14:05 */
export function clockTime(at: Date): string {
  return clock.format(at)
}

/** 14:05 or 2:05, without AM and PM: for a narrow margin. */
export function marginTime(at: Date): string {
  return clock
    .formatToParts(at)
    .filter(({ type }) => type === 'hour' || type === 'minute')
    .map(({ value }) => value)
    .join(':')
}

/** The full date and time, for a tooltip. */
export function exactTime(at: Date): string {
  return exact.format(at)
}

/** The label between two days of a timeline. */
export function dayLabel(at: Date, now: Date): string {
  const days = daysBetween(at, now)
  if (days <= 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return days < 180 ? longWeekday.format(at) : longDate.format(at)
}

/** As short as a list needs it: now, 5m, 14:05, Yesterday, Mon, 3 Nov. */
export function shortTime(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes}m`
  const days = daysBetween(at, now)
  if (days === 0) return clockTime(at)
  if (days === 1) return 'Yesterday'
  return days < 7 ? weekday.format(at) : dayMonth.format(at)
}

/** For a sentence: just now, 5 min ago, 3 h ago, yesterday, on 3 Nov. */
export function agoTime(at: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const days = daysBetween(at, now)
  if (days === 0) return `${Math.floor(minutes / 60)} h ago`
  return days === 1 ? 'yesterday' : `on ${dayMonth.format(at)}`
}

/** When something began: 8:31, yesterday at 8:31, Monday at 8:31, 3 Nov. */
export function sinceTime(at: Date, now: Date): string {
  const days = daysBetween(at, now)
  if (days <= 0) return clockTime(at)
  if (days === 1) return `yesterday at ${clockTime(at)}`
  return days < 7 ? `${weekdayName.format(at)} at ${clockTime(at)}` : dayOfYear(at, now)
}

/** 3 Nov, with its year when that is another one. */
const dayOfYear = (at: Date, now: Date): string =>
  (at.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(at)

/** When something ends: 14:05, tomorrow at 14:05, 3 Nov. */
export function untilTime(at: Date, now: Date): string {
  const days = daysBetween(now, at)
  if (days <= 0) return clockTime(at)
  return days === 1 ? `tomorrow at ${clockTime(at)}` : dayMonth.format(at)
}
