import { Inject, Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { GatewayContext } from './context'
import { GATEWAY_ENV, type GatewayEnv } from './env'
import { networkOf } from './front-door/client-address'
import { limits } from './limits'
import { TokenBuckets } from '@parley/federation/token-bucket'

/** A caller has exceeded its rate. */
export class RateLimited extends DomainError {
  constructor(waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
    const wait = seconds === 1 ? 'a second' : `${seconds} seconds`
    super('temporary', 'RATE_LIMITED', `That was more at once than Parley takes from one side. Wait ${wait} and go on.`)
    this.retryAfterSeconds = seconds
  }

  readonly retryAfterSeconds: number
}

/** A caller without a session comes over HTTP and is counted by its address. */
type Caller = Pick<GatewayContext, 'sessionId' | 'browser'>

/**
 * Operations, mutations and their cost a second of one session, over HTTP and WebSocket together; by address for
 * callers without a session.
 */
@Injectable()
export class RateLimits {
  readonly #sessions: Buckets
  readonly #addresses: Buckets

  constructor(@Inject(GATEWAY_ENV) env: GatewayEnv) {
    this.#sessions = bucketsFor({
      operations: env.RATE_LIMIT_OPERATIONS_PER_SECOND,
      mutations: env.RATE_LIMIT_MUTATIONS_PER_SECOND,
      cost: env.RATE_LIMIT_COST_PER_SECOND,
    })
    this.#addresses = bucketsFor({
      operations: env.RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND,
      mutations: env.RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND,
      cost: env.RATE_LIMIT_COST_PER_ADDRESS_PER_SECOND,
    })
  }

  /** Counted before anything is parsed. Throws RateLimited, also for a caller with too many refused documents. */
  takeOperation(caller: Caller): void {
    const [buckets, key] = this.#of(caller)
    this.#assert(buckets.refusals.waitMs(key))
    this.#assert(buckets.operations.take(key))
  }

  /** Counts a request that is refused because it has no session. Throws RateLimited. */
  takeAnonymous(network: string): void {
    this.#assert(this.#addresses.operations.take(network))
  }

  /** Counts a refused document of this caller: one is cheap, many are not. */
  countRefusal(caller: Caller): void {
    const [buckets, key] = this.#of(caller)
    buckets.refusals.take(key)
  }

  /**
   * Counted once the cost is known to be within the limit of one operation, and the document to be a mutation or not.
   * Throws RateLimited, and counts nothing then.
   */
  takeCost(caller: Caller, cost: number, isMutation = false): void {
    const [buckets, key] = this.#of(caller)
    if (isMutation) this.#assert(buckets.mutations.waitMs(key))
    this.#assert(buckets.cost.take(key, undefined, cost))
    if (isMutation) buckets.mutations.take(key)
  }

  #of({ sessionId, browser }: Caller): [buckets: Buckets, key: string] {
    return sessionId === undefined ? [this.#addresses, networkOf(browser?.address ?? '')] : [this.#sessions, sessionId]
  }

  #assert(waitMs: number): void {
    if (waitMs > 0) throw new RateLimited(waitMs)
  }
}

interface Buckets {
  readonly operations: TokenBuckets
  readonly mutations: TokenBuckets
  readonly cost: TokenBuckets
  readonly refusals: TokenBuckets
}

type Kind = 'operations' | 'mutations' | 'cost'

const bucketsFor = ({ operations, mutations, cost }: Record<Kind, number>): Buckets => ({
  operations: bucketsOf(operations),
  mutations: bucketsOf(mutations),
  // One operation of the largest cost must always fit.
  cost: bucketsOf(Math.max(cost, limits.cost / limits.burstSeconds)),
  refusals: bucketsOf(operations * limits.refusedShare),
})

const bucketsOf = (perSecond: number): TokenBuckets =>
  new TokenBuckets({ perSecond, burst: perSecond * limits.burstSeconds }, limits.countedCallers)
