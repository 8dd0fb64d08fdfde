import type { IncomingHttpHeaders } from 'node:http'
import type { ClientOperation as AnyOperation } from '@parley/federation/sockets/client-operation'
import type { Closing } from '@parley/federation/sockets/closings'
import type { Connection } from '@parley/federation/sockets/connection'
import type { FollowedOperation } from '@parley/platform/logging/follow-operations'
import type { Admission } from '../identity/identity'

export type ClientConnection = Connection<Client, FollowedOperation>
/** Over a socket or an event stream. */
export type ClientOperation = AnyOperation<Client, FollowedOperation>

/** What is known of the client of a socket or an event stream. */
export class Client {
  admission: Admission | undefined
  hasLeft = false
  #headers: IncomingHttpHeaders | undefined

  constructor(
    headers: IncomingHttpHeaders,
    readonly requestId: string,
    /** The address or /64 range that it comes from. */
    readonly network: string,
  ) {
    this.#headers = headers
  }

  /** The headers of its request, once: they are large, and needed for the admission only. */
  takeHeaders(): IncomingHttpHeaders {
    const headers = this.#headers ?? {}
    this.#headers = undefined
    return headers
  }
}

/** Why the gateway closes a socket, beside the reasons of the protocol. A client reconnects by itself after 1013. */
export const refusals = {
  /** A dependency of admission is unavailable. */
  later: [1013, 'Try again later'],
  /** The session has reached its limit of sockets. */
  crowded: [1013, 'Too many sockets'],
} as const satisfies Record<string, Closing>
