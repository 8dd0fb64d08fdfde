import { setTimeout as pause } from 'node:timers/promises'

export interface Patience {
  /** Milliseconds after which the last failure is thrown; 20,000 by default. */
  readonly timeout?: number
  readonly interval?: number
}

/** Retries until it no longer throws. For changes elsewhere that give no event to wait for. */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  patience: Patience = {},
): Promise<Result> {
  const deadline = performance.now() + (patience.timeout ?? 20_000)
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await pause(patience.interval ?? 50)
    }
  }
}
