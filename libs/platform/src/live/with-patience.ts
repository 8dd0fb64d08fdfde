import { setTimeout as delay } from 'node:timers/promises'

/** While Redis is away a subscription to a channel neither starts nor fails; a stream starts anyway. */
const patienceMs = 1_000

/** Waits for the subscriptions of a stream, but not for Redis to come back. */
export const withPatience = (subscribed: Promise<unknown>): Promise<unknown> =>
  Promise.race([subscribed, delay(patienceMs, undefined, { ref: false })])
