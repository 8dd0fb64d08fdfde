/**
 * The outcome when an engine did not answer: `refused` means that it did nothing, `open` that the outcome is unknown.
 * The difference matters only for a write.
 */
export type Outage = 'refused' | 'open'

/** One driver's own errors. `null`: this error is not an outage, or not this driver's. */
export type DriverOutage = (error: Error) => Outage | null

export const codeOf = (error: Error): string | number | undefined =>
  'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined

/** Looks up a name or code in two lists. */
export function oneOf<Key>(refused: readonly Key[], open: readonly Key[]): (key: Key) => Outage | null {
  const refusedKeys = new Set(refused)
  const openKeys = new Set(open)
  return (key) => (refusedKeys.has(key) ? 'refused' : openKeys.has(key) ? 'open' : null)
}

/** Several failures of one piece of work: refused only when all were, and no outage as soon as one is not. */
export function together(outages: readonly (Outage | null)[]): Outage | null {
  if (outages.length === 0 || outages.includes(null)) return null
  return outages.includes('open') ? 'open' : 'refused'
}
