import { limits } from '../limits'
import { TokenBuckets } from '@parley/federation/token-bucket'
import type { Party } from './fair-line'

const { perSession, perAddress } = limits.newDocuments

/** Limits the new (never seen) documents of each session and each address. */
export class Newcomers {
  readonly #sessions = new TokenBuckets(perSession, limits.countedCallers)
  readonly #addresses = new TokenBuckets(perAddress, limits.countedCallers)

  admit({ session, address }: Party): boolean {
    if (session !== undefined && this.#sessions.take(session) > 0) return false
    return address === undefined || this.#addresses.take(address) === 0
  }
}
