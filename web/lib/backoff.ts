/** How long to wait before the attempt after `failures` failures: doubling, capped, with jitter so that clients do not return in step. */
export function backoff(failures: number, random = Math.random()): number {
  const ceiling = Math.min(8_000, 500 * 2 ** failures)
  return ceiling / 2 + (ceiling / 2) * random
}
