import { Inject, Injectable } from '@nestjs/common'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { Tally } from './tally'

/** How many sockets and event streams, counted together, a session and an address may have. */
@Injectable()
export class Places {
  readonly #sessions = new Tally()
  readonly #networks = new Tally()

  constructor(@Inject(GATEWAY_ENV) private readonly env: GatewayEnv) {}

  hasRoomFor(network: string): boolean {
    return this.#networks.of(network) < this.env.SOCKETS_PER_ADDRESS
  }

  take(network: string): void {
    this.#networks.add(network)
  }

  leave(network: string): void {
    this.#networks.remove(network)
  }

  /** False when the session has all of its places. */
  takeOf(sessionId: string): boolean {
    if (this.#sessions.of(sessionId) >= this.env.SOCKETS_PER_SESSION) return false
    this.#sessions.add(sessionId)
    return true
  }

  leaveOf(sessionId: string): void {
    this.#sessions.remove(sessionId)
  }
}
