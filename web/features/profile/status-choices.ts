/** Statuses that people set often, with when they usually end. */
export const statusChoices = [
  { emoji: '📅', text: 'In a meeting', clears: 'hour' },
  { emoji: '🍽️', text: 'At lunch', clears: 'hour' },
  { emoji: '🎧', text: 'Focusing', clears: 'hours' },
  { emoji: '🤒', text: 'Out sick', clears: 'day' },
  { emoji: '🌴', text: 'On leave', clears: 'week' },
] as const satisfies readonly { emoji: string; text: string; clears: ClearsAfter }[]

export const clearsAfter = {
  never: 'Don’t clear',
  half: '30 minutes',
  hour: '1 hour',
  hours: '4 hours',
  day: 'Today',
  week: 'This week',
} as const

/** `set`: when the status that is changed ends already. */
export type ClearsAfter = keyof typeof clearsAfter | 'set'

const minutes = { half: 30, hour: 60, hours: 240 } as const

/**
 * The end of the day and of the week (Sunday) by the person's own clock. Null for never. `set`: when the status before
 * it ends.
 */
export function endOf(choice: ClearsAfter, now: Date, set: Date | null = null): Date | null {
  if (choice === 'never') return null
  if (choice === 'set') return set
  if (choice === 'day' || choice === 'week') {
    const days = choice === 'day' ? 1 : 1 + ((7 - now.getDay()) % 7)
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  }
  return new Date(now.getTime() + minutes[choice] * 60_000)
}
