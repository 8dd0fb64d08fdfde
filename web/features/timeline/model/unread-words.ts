import { sinceTime } from '../../../lib/time'

const plain = new Intl.NumberFormat('en')

/** 200 new since 8:31 */
export function unreadWords(count: number, since: Date | null, now: Date): string {
  const many = `${plain.format(count)} new`
  if (since === null) return count === 1 ? `${many} message` : `${many} messages`
  return `${many} since ${sinceTime(since, now)}`
}
