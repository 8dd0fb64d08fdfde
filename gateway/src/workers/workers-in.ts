import { availableParallelism } from 'node:os'

/** How many processes `GATEWAY_WORKERS` asks for: a number, or `auto` for one per core. What it may be is in env.ts. */
export function workersIn({ GATEWAY_WORKERS: asked = '1' }: Readonly<Record<string, string | undefined>>): number {
  if (asked === 'auto') return availableParallelism()
  const count = Number(asked)
  return Number.isInteger(count) && count > 1 ? count : 1
}
