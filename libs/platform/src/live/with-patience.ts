import { setTimeout as delay } from 'node:timers/promises'

/** While Redis is away a subscription to a channel neither starts nor fails; a stream starts anyway. */
const patienceMs = 1_000

/** Waits for what a stream begins with, but not for Redis to come back; undefined when it took too long. */
export const withPatience = <Result>(begun: Promise<Result>): Promise<Result | undefined> =>
  Promise.race([begun, delay(patienceMs, undefined, { ref: false })])
