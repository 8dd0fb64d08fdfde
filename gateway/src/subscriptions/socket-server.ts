import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { RevokedSessions } from '@parley/platform/auth/revoked-sessions'
import { acceptedRequestId } from '@parley/platform/logging/request-context'
import { handleProtocols } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { addressOf, networkOf, type Trust, trustOf } from '../front-door/client-address'
import { tunnelUpgrade } from '../front-door/upgrade-tunnel'
import { PublicOrigins } from '../identity/public-origins'
import { limits } from '../limits'
import { ClientSocket } from './client-socket'
import { SubscriptionProtocol } from './subscription-protocol'
import { Tally } from './tally'

const drainMs = 3_000
const tickMs = 1_000

/** WebSocket /graphql: admission, the open sockets, and how they are closed. */
@Injectable()
export class SocketServer implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger(SocketServer.name)
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    handleProtocols,
    // ClientSocket answers pings itself, because it counts them: ws would end a flood without a close code.
    autoPong: false,
  })
  /** Kept until the connection is gone, not only closing. */
  readonly #sockets = new Set<ClientSocket>()
  readonly #perNetwork = new Tally()
  readonly #trust: Trust
  readonly #clock: NodeJS.Timeout
  #draining = false

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly origins: PublicOrigins,
    private readonly protocol: SubscriptionProtocol,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
    private readonly revoked: RevokedSessions,
  ) {
    this.#trust = trustOf(env.TRUSTED_PROXIES)
    this.#clock = setInterval(() => this.#tick(), tickMs)
  }

  onModuleInit(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.revoked.subscribe((sessionId) => this.#revoke(sessionId))
  }

  /** Asks all clients to reconnect elsewhere and waits briefly until they have closed. */
  async drain(): Promise<void> {
    this.#draining = true
    for (const socket of this.#sockets) socket.end('restart')
    const until = Date.now() + drainMs
    while (this.#server.clients.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
    for (const client of this.#server.clients) client.terminate()
  }

  onApplicationShutdown(): void {
    clearInterval(this.#clock)
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
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
    if (this.#perNetwork.of(network) >= this.env.SOCKETS_PER_ADDRESS) {
      this.#logger.warn({ network }, 'An address has too many sockets: if it is a proxy, name it in TRUSTED_PROXIES')
      refuse(socket, '429 Too Many Requests', 'retry-after: 10')
      return
    }
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, request, network))
  }

  #upgradeElsewhere(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.env.NODE_ENV !== 'development') {
      refuse(socket, '404 Not Found')
      return
    }
    tunnelUpgrade(this.env.WEB_URL, request, socket, head)
  }

  #open(webSocket: WebSocket, { headers }: IncomingMessage, network: string): void {
    const requestId = acceptedRequestId(headers['x-request-id']) ?? randomUUID()
    const perSecond = this.env.RATE_LIMIT_MESSAGES_PER_SOCKET_PER_SECOND
    const rate = { perSecond, burst: perSecond * limits.burstSeconds }
    const socket = new ClientSocket(webSocket, { headers, requestId, network }, rate)
    this.#sockets.add(socket)
    this.#perNetwork.add(network)
    socket.onGone(() => {
      this.#sockets.delete(socket)
      this.#perNetwork.remove(network)
    })
    const closed = this.protocol.server.opened(
      {
        protocol: socket.protocol,
        send: (data) => socket.send(data),
        close: (code, reason) => socket.close(code ?? 1000, reason ?? ''),
        onMessage: (handle) =>
          socket.onMessage((text) => void handle(text).catch((error: unknown) => this.#failed(socket, error))),
      },
      socket,
    )
    socket.onEnd((code, reason) => void closed(code, reason))
  }

  #failed(socket: ClientSocket, error: unknown): void {
    if (isWrongMessage(error)) {
      socket.close(4400, 'Invalid message')
      return
    }
    this.#logger.error({ err: error, requestId: socket.peer.requestId }, 'A message on a socket could not be handled')
    socket.end('later')
  }

  #tick(): void {
    const now = Date.now()
    for (const socket of this.#sockets) socket.tick(now)
  }

  #revoke(sessionId: string): void {
    for (const socket of this.#sockets) {
      if (socket.admission?.sessionId === sessionId) socket.end('forbidden')
    }
  }
}

/** graphql-ws reports this for a message that only a server may send. */
const isWrongMessage = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message of type')

function refuse(socket: Duplex, status: string, ...headers: string[]): void {
  socket.end([`HTTP/1.1 ${status}`, ...headers, 'connection: close', 'content-length: 0', '', ''].join('\r\n'))
}
