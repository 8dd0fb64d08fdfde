import { setTimeout as delay } from 'node:timers/promises'
import type { EncodedResult } from '@parley/federation/operation-sink'
import { limits } from '../limits'

/**
 * After many bytes of one stream there is a pause, in which a reader that keeps up takes them: a long log would else be
 * more than may wait for a socket.
 */
export class Pace {
  #bytes = 0

  /** Undefined when the next may be sent at once. */
  sent({ size }: EncodedResult): Promise<void> | undefined {
    this.#bytes += size
    if (this.#bytes < limits.pace.bytes) return undefined
    this.#bytes = 0
    return delay(limits.pace.restMs)
  }
}
