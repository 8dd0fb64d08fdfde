interface BackoffOptions {
  /** Milliseconds; no wait is longer. */
  readonly longest?: number
  readonly random?: number
}

/** How long to wait before the attempt after `failures` failures: doubling, capped, with jitter so that clients do not return in step. */
export function backoff(failures: number, { longest = 8_000, random = Math.random() }: BackoffOptions = {}): number {
  const ceiling = Math.min(longest, 500 * 2 ** failures)
  return ceiling / 2 + (ceiling / 2) * random
}
