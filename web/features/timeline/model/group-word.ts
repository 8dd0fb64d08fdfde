import { mentionsIn } from '@parley/text/mentions'

/** What mentions many people at once. */
export type GroupWord = 'all' | 'here'

/** By which word a text notifies people whom the text before did not; null for none. */
export function addedWord(text: string, before: string): GroupWord | null {
  const [now, then] = [mentionsIn(text), mentionsIn(before)]
  if (then.all) return null
  if (now.all) return 'all'
  return now.here && !then.here ? 'here' : null
}
