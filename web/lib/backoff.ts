interface BackoffOptions {
  /** The longest wait, in milliseconds. */
  readonly longest?: number
  readonly random?: number
}

/**
 * The wait before the attempt after `failures` failures: exponential, capped, with jitter so that clients do not
 * reconnect at the same time.
 */
export function backoff(failures: number, { longest = 8_000, random = Math.random() }: BackoffOptions = {}): number {
  const ceiling = Math.min(longest, 500 * 2 ** failures)
  return ceiling / 2 + (ceiling / 2) * random
}
