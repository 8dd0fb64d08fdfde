import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { closings } from '@parley/federation/sockets/closings'
import { TransportServer } from '@parley/federation/sockets/transport-server'
import { RevokedSessions } from '@parley/platform/auth/revoked-sessions'
import type { FollowedOperation } from '@parley/platform/logging/follow-operations'
import { acceptedRequestId } from '@parley/platform/logging/request-context'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { addressOf, networkOf, type Trust, trustOf } from '../front-door/client-address'
import { tunnelUpgrade } from '../front-door/upgrade-tunnel'
import { PublicOrigins } from '../identity/public-origins'
import { limits } from '../limits'
import { Client } from './client'
import { Places } from './places'
import { SubscriptionProtocol } from './subscription-protocol'

/** WebSocket /graphql: which upgrades are accepted, and how the open sockets are closed. */
@Injectable()
export class SocketServer implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger(SocketServer.name)
  readonly #transport: TransportServer<Client, FollowedOperation>
  readonly #trust: Trust
  #draining = false

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly origins: PublicOrigins,
    protocol: SubscriptionProtocol,
    private readonly places: Places,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
    private readonly revoked: RevokedSessions,
  ) {
    this.#trust = trustOf(env.TRUSTED_PROXIES)
    const perSecond = env.RATE_LIMIT_MESSAGES_PER_SOCKET_PER_SECOND
    const messages = { perSecond, burst: perSecond * limits.burstSeconds }
    this.#transport = new TransportServer({ ...limits, messages }, protocol.hooks())
  }

  onModuleInit(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.revoked.subscribe((sessionId) =>
      this.#transport.closeWhere(({ admission }) => admission?.sessionId === sessionId, closings.forbidden),
    )
  }

  /** How many sockets there are, closing ones included. */
  get open(): number {
    return this.#transport.connections.size
  }

  /** Asks all clients to reconnect elsewhere and waits briefly until they have closed. */
  async drain(): Promise<void> {
    this.#draining = true
    await this.#transport.drain()
  }

  onApplicationShutdown(): void {
    this.#transport.stop()
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', destroy)
    const path = request.url?.split('?')[0]
    if (path !== '/graphql') {
      this.#upgradeElsewhere(request, socket, head)
      return
    }
    if (this.#draining) {
      refuse(socket, '503 Service Unavailable')
      return
    }
    if (!this.origins.allow(request.headers.origin)) {
      refuse(socket, '403 Forbidden')
      return
    }
    const network = networkOf(addressOf(request, this.#trust))
    if (!this.places.hasRoomFor(network)) {
      this.#logger.warn({ network }, 'An address has too many sockets: if it is a proxy, name it in TRUSTED_PROXIES')
      refuse(socket, '429 Too Many Requests', 'retry-after: 10')
      return
    }
    this.places.take(network)
    const turnAway = () => {
      this.places.leave(network)
      refuse(socket, '503 Service Unavailable', 'retry-after: 1')
    }
    const isTaken = this.#transport.accept(request, socket, head, {
      opened: () => {
        socket.off('error', destroy)
        return new Client(request.headers, requestIdOf(request), network)
      },
      failed: () => this.places.leave(network),
      refused: turnAway,
    })
    if (!isTaken) turnAway()
  }

  #upgradeElsewhere(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.env.NODE_ENV !== 'development') {
      refuse(socket, '404 Not Found')
      return
    }
    tunnelUpgrade(this.env.WEB_URL, request, socket, head)
  }
}

const requestIdOf = ({ headers }: IncomingMessage): string => acceptedRequestId(headers['x-request-id']) ?? randomUUID()

/** One function for all sockets. */
function destroy(this: Duplex): void {
  this.destroy()
}

function refuse(socket: Duplex, status: string, ...headers: string[]): void {
  socket.end([`HTTP/1.1 ${status}`, ...headers, 'connection: close', 'content-length: 0', '', ''].join('\r\n'))
}
