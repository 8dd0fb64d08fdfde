import type { Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { handleProtocols, makeServer, type Server, type ServerOptions } from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { GatewaySocket, type GatewaySocketOptions } from './gateway-socket'

/** Gateways send longer fetches over HTTP. */
const maxPayload = 1024 * 1024
const pingEveryMs = 12_000
/** How long a stop waits for fetches: a gateway's deadline. */
const patienceMs = 6_000

const goodbyeMs = 1_000
const goingAway = [1001, 'Going away'] as const
const broken = [4500, 'Internal server error'] as const

/** What a gateway is told in the acknowledgement: queries and mutations are taken here too. */
const offer = { fetches: 1 }

/** The sockets of gateways at one path: graphql-transport-ws. */
export class SubgraphSockets {
  readonly #logger = new Logger(SubgraphSockets.name)
  readonly #server: Server<GatewaySocket>
  readonly #handshakes = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload,
    handleProtocols,
    perMessageDeflate: false,
  })
  readonly #open = new Set<GatewaySocket>()
  readonly #clock: NodeJS.Timeout
  #isStopping = false

  constructor(
    served: ServerOptions,
    private readonly fetches: GatewaySocketOptions,
  ) {
    this.#server = makeServer<Record<string, unknown>, GatewaySocket>({
      ...(served as object),
      onConnect: (context) => {
        context.extra.context = context
        return offer
      },
    })
    this.#clock = setInterval(() => {
      for (const socket of this.#open) socket.beat()
    }, pingEveryMs)
  }

  attach(http: HttpServer, path: string): void {
    http.on('upgrade', (request, raw: Duplex, head) => {
      const [asked] = (request.url ?? '').split('?')
      if (this.#isStopping || asked !== path) raw.destroy()
      else this.#handshakes.handleUpgrade(request, raw, head, (socket) => this.#attend(socket, raw))
    })
  }

  /** Streams end, fetches that are under way are answered first, and gateways know of it before their sockets close. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearInterval(this.#clock)
    const answered = Promise.all([...this.#open].map((socket) => socket.drain()))
    await Promise.race([answered, delay(patienceMs, undefined, { ref: false })])
    for (const socket of this.#open) socket.close(...goingAway)
    const deadline = performance.now() + goodbyeMs
    while (this.#open.size > 0 && performance.now() < deadline) await delay(10)
    for (const socket of this.#open) socket.terminate()
  }

  #attend(socket: WebSocket, raw: Duplex): void {
    const served = new GatewaySocket(socket, raw, this.fetches)
    this.#open.add(served)
    const left = this.#server.opened(served, served)
    socket.on('message', (data: Buffer) => {
      served.received(data.toString()).catch((error: unknown) => {
        this.#logger.error({ err: error }, 'A message of a gateway cannot be handled')
        served.close(...broken)
      })
    })
    socket.on('pong', () => (served.isAlive = true))
    // Its close event follows.
    socket.on('error', () => undefined)
    socket.on('close', (code, reason) => {
      this.#open.delete(served)
      served.left()
      void left(code, reason.toString())
    })
  }
}
