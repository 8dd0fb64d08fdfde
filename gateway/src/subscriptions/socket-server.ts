import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import { acceptedRequestId } from '@parley/platform/logging/request-context'
import { handleProtocols } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { GATEWAY_ENV, type GatewayEnv } from '../env'
import { tunnelUpgrade } from '../front-door/upgrade-tunnel'
import { PublicOrigins } from '../identity/public-origins'
import { SessionRevocations } from '../identity/session-revocations'
import { limits } from '../limits'
import { ClientSocket } from './client-socket'
import { SubscriptionProtocol } from './subscription-protocol'

const drainMs = 3_000

/** WebSocket /graphql: who may open one, which are open, and how they end. */
@Injectable()
export class SocketServer implements OnModuleInit {
  readonly #logger = new Logger(SocketServer.name)
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, handleProtocols })
  readonly #sockets = new Set<ClientSocket>()
  #draining = false

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly origins: PublicOrigins,
    private readonly protocol: SubscriptionProtocol,
    @Inject(GATEWAY_ENV) private readonly env: GatewayEnv,
    @Inject(SessionRevocations) private readonly revocations: SessionRevocations,
  ) {}

  onModuleInit(): void {
    const server = this.http.httpAdapter.getHttpServer() as Server
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
    this.revocations.subscribe((sessionId) => this.#revoke(sessionId))
  }

  /** Tells everybody to go elsewhere and waits until they have gone, or a short while. */
  async drain(): Promise<void> {
    this.#draining = true
    for (const socket of this.#sockets) socket.end('restart')
    const until = Date.now() + drainMs
    while (this.#server.clients.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
    for (const client of this.#server.clients) client.terminate()
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
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket, request))
  }

  #upgradeElsewhere(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.env.NODE_ENV !== 'development') {
      refuse(socket, '404 Not Found')
      return
    }
    tunnelUpgrade(this.env.WEB_URL, request, socket, head)
  }

  #open(webSocket: WebSocket, request: IncomingMessage): void {
    const requestId = acceptedRequestId(request.headers['x-request-id']) ?? randomUUID()
    const socket = new ClientSocket(webSocket, request.headers, requestId)
    this.#sockets.add(socket)
    const closed = this.protocol.server.opened(
      {
        protocol: socket.protocol,
        send: (data) => socket.send(data),
        close: (code, reason) => socket.close(code ?? 1000, reason ?? ''),
        onMessage: (handle) =>
          webSocket.on('message', (data: Buffer) => {
            handle(data.toString()).catch((error: unknown) => {
              if (isWrongMessage(error)) {
                socket.close(4400, 'Invalid message')
                return
              }
              this.#logger.error({ err: error, requestId }, 'A message on a socket could not be handled')
              socket.end('later')
            })
          }),
      },
      socket,
    )
    socket.onEnd((code, reason) => {
      this.#sockets.delete(socket)
      void closed(code, reason)
    })
  }

  #revoke(sessionId: string): void {
    for (const socket of this.#sockets) {
      if (socket.admission?.sessionId === sessionId) socket.end('forbidden')
    }
  }
}

/** What graphql-ws says of a message that only a server may send. */
const isWrongMessage = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message of type')

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
