import { Inject, Injectable } from '@nestjs/common'
import { DomainError } from '@parley/kernel/errors'
import type { GatewayContext } from './context'
import { GATEWAY_ENV, type GatewayEnv } from './env'
import { networkOf } from './front-door/client-address'
import { limits } from './limits'
import { TokenBuckets } from './token-bucket'

/** More came from one caller than may. */
export class RateLimited extends DomainError {
  constructor(waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000))
    const wait = seconds === 1 ? 'a second' : `${seconds} seconds`
    super('RATE_LIMITED', `That was more at once than Parley takes from one side. Wait ${wait} and go on.`)
    this.retryAfterSeconds = seconds
  }

  readonly retryAfterSeconds: number
}

/** A caller without a session comes over HTTP, from an address. */
type Caller = Pick<GatewayContext, 'sessionId' | 'browser'>

/** Operations and mutations a second of one session, over HTTP and WebSocket together; of one address for callers without a session. */
@Injectable()
export class RateLimits {
  readonly #sessions
  readonly #addresses

  constructor(@Inject(GATEWAY_ENV) env: GatewayEnv) {
    this.#sessions = {
      operations: bucketsOf(env.RATE_LIMIT_OPERATIONS_PER_SECOND),
      mutations: bucketsOf(env.RATE_LIMIT_MUTATIONS_PER_SECOND),
    }
    this.#addresses = {
      operations: bucketsOf(env.RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND),
      mutations: bucketsOf(env.RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND),
    }
  }

  /** Counts before anything is parsed. Throws RateLimited. */
  takeOperation(caller: Caller): void {
    this.#take('operations', caller)
  }

  /** Counts when the document has told what it is. Throws RateLimited. */
  takeMutation(caller: Caller): void {
    this.#take('mutations', caller)
  }

  #take(kind: 'operations' | 'mutations', { sessionId, browser }: Caller): void {
    const waitMs =
      sessionId === undefined
        ? this.#addresses[kind].take(networkOf(browser?.address ?? ''))
        : this.#sessions[kind].take(sessionId)
    if (waitMs > 0) throw new RateLimited(waitMs)
  }
}

const bucketsOf = (perSecond: number): TokenBuckets =>
  new TokenBuckets({ perSecond, burst: perSecond * limits.burstSeconds }, limits.countedCallers)
