/**
 * What an engine that did not answer leaves behind: `refused` means that it did nothing, `open` that nobody knows whether it
 * did what it was asked. Only a write cares about the difference.
 */
export type Outage = 'refused' | 'open'

/** One driver's own errors. `null`: this error is not an outage, or not this driver's. */
export type DriverOutage = (error: Error) => Outage | null

export const codeOf = (error: Error): string | number | undefined =>
  'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined

/** A lookup in a table that says what each of a few names or codes means. */
export function oneOf<Key>(refused: readonly Key[], open: readonly Key[]): (key: Key) => Outage | null {
  const refusedKeys = new Set(refused)
  const openKeys = new Set(open)
  return (key) => (refusedKeys.has(key) ? 'refused' : openKeys.has(key) ? 'open' : null)
}

/** Several failures of one piece of work: refused only when every one was, no outage as soon as one is none. */
export function together(outages: readonly (Outage | null)[]): Outage | null {
  if (outages.length === 0 || outages.includes(null)) return null
  return outages.includes('open') ? 'open' : 'refused'
}
