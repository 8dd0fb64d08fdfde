import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Rate } from '../token-bucket'
import { type Closing, closings } from './closings'
import { Connection } from './connection'
import { JoinedWrites } from './joined-writes'
import type { SubscribePayload } from './messages'
import { Pace } from './pace'
import type { SocketOperation } from './socket-operation'

export const protocol = 'graphql-transport-ws'

/** Decisions of the owner. None of them may throw for a fault of a client. */
export interface TransportHooks<Client, Data> {
  /** `connection_init`: false closes with 4403. It may also close the connection itself. */
  admit(connection: Connection<Client, Data>, params: Record<string, unknown> | undefined): Promise<boolean>
  /** Gives the operation a source, now or later, or ends it. */
  subscribe(operation: SocketOperation<Client, Data>, payload: SubscribePayload): void
  /** The operation has ended, whoever ended it. */
  ended(operation: SocketOperation<Client, Data>): void
  /** Closing has begun; called once. */
  closed(connection: Connection<Client, Data>, code: number, reason: string): void
  /** The connection is gone, not only closing. */
  gone(connection: Connection<Client, Data>): void
  /** Something has thrown: a defect. It should close the connection, if there is one yet. */
  failed(connection: Connection<Client, Data> | undefined, error: unknown): void
}

/** Times are milliseconds. */
export interface TransportLimits {
  /** 1009. */
  readonly frameBytes: number
  /** 1013: what may wait for one client. */
  readonly bufferedBytes: number
  /** 1008: messages, pings and pongs of one socket. */
  readonly messages: Rate
  /** 4408. */
  readonly introductionMs: number
  readonly pingEveryMs: number
  /** How many handshakes, admissions and operations begin in one turn of the event loop, and how many may wait. */
  readonly beginnings: { readonly perTurn: number; readonly waiting: number }
  /** At a stop, clients are closed one after the other with this between two, but all within `drainMs`. */
  readonly drainEveryMs: number
  readonly drainMs: number
  /** How long a client may take to answer a close frame; a slow reader has to find it first. */
  readonly goodbyeMs: number
  readonly goodbyeToSlowMs: number
}

/** What becomes of an upgrade request. */
export interface Answers<Client> {
  /** The handshake is done: what the owner knows of this client. */
  opened(): Client
  /** The request was no handshake, or its client has left. */
  failed(): void
  /** The server has begun to stop while the request waited: it is not answered. */
  refused(): void
}

interface Connected extends WebSocket {
  connection?: Connection<unknown, unknown>
}

const tickMs = 500

/** The sockets of all clients: one clock and one joined write for all of them. */
export class TransportServer<Client, Data> {
  readonly writes = new JoinedWrites()
  readonly beginnings: Pace
  /** Kept until the connection is gone, not only closing. */
  readonly #connections = new Set<Connection<Client, Data>>()
  readonly #handshakes: WebSocketServer
  readonly #clock: NodeJS.Timeout
  #now = 0
  #isDraining = false

  constructor(
    readonly limits: TransportLimits,
    readonly hooks: TransportHooks<Client, Data>,
  ) {
    const { perTurn, waiting } = limits.beginnings
    this.beginnings = new Pace(perTurn, waiting, (error) => hooks.failed(undefined, error))
    this.#handshakes = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: limits.frameBytes,
      handleProtocols: (offered) => offered.has(protocol) && protocol,
      perMessageDeflate: false,
      // Pings are counted here before they are answered: ws would end a flood without a close code.
      autoPong: false,
    })
    this.#clock = setInterval(() => this.#tick(), tickMs)
  }

  get connections(): ReadonlySet<Connection<Client, Data>> {
    return this.#connections
  }

  /** Answers an upgrade request, now or soon. False when too many are waiting already: it is not answered then. */
  accept(request: IncomingMessage, raw: Duplex, head: Buffer, answers: Answers<Client>): boolean {
    return this.beginnings.run('handshake', () => {
      if (this.#isDraining) {
        answers.refused()
        return
      }
      const before = this.#connections.size
      try {
        if (!raw.destroyed) {
          this.#handshakes.handleUpgrade(request, raw, head, (socket) => {
            this.#open(socket, raw, answers.opened())
          })
        }
      } catch (error) {
        raw.destroy()
        this.hooks.failed(undefined, error)
      }
      if (this.#connections.size === before) answers.failed()
    })
  }

  /**
   * Closes all, not in the same instant, because all of them come back; and waits until they are gone or the client of
   * the last has had its time. Nobody comes in any more.
   */
  async drain(): Promise<void> {
    this.#isDraining = true
    const { drainEveryMs, drainMs, goodbyeMs } = this.limits
    const all = shuffled([...this.#connections])
    const count = all.length
    const spreadMs = Math.min(drainMs, count * drainEveryMs)
    const startedAt = Date.now()
    while (all.length > 0 || (this.#connections.size > 0 && Date.now() < startedAt + spreadMs + goodbyeMs)) {
      const left = spreadMs - (Date.now() - startedAt)
      const due = left <= 0 ? all.length : all.length - Math.floor((left / spreadMs) * count)
      for (const connection of all.splice(0, Math.max(0, due))) connection.close(closings.restart)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    for (const connection of this.#connections) connection.terminate()
  }

  stop(): void {
    clearInterval(this.#clock)
  }

  /** Closes those that the condition names. */
  closeWhere(condition: (client: Client) => boolean, closing: Closing): void {
    for (const connection of this.#connections) if (condition(connection.client)) connection.close(closing)
  }

  ticksOf(ms: number): number {
    return Math.ceil(ms / tickMs)
  }

  ticksFromNow(ms: number): number {
    return this.#now + this.ticksOf(ms) + 1
  }

  /** Spread, so that sockets that were opened together are not all pinged together. */
  firstBeat(): number {
    const ticks = this.ticksOf(this.limits.pingEveryMs)
    return this.#now + Math.ceil(ticks / 2) + Math.floor((Math.random() * ticks) / 2)
  }

  #open(socket: Connected, raw: Duplex, client: Client): void {
    const connection = new Connection(this, socket, raw, client)
    this.#connections.add(connection)
    socket.connection = connection
    socket.on('message', onMessage)
    socket.on('ping', onPing)
    socket.on('pong', onPong)
    socket.on('error', onError)
    socket.on('close', onClose)
    if (socket.protocol !== protocol) connection.close(closings.protocol)
  }

  /** Called by the socket when it is gone. */
  remove(connection: Connection<Client, Data>): void {
    this.#connections.delete(connection)
    this.hooks.gone(connection)
  }

  #tick(): void {
    this.#now++
    const nowMs = Date.now()
    for (const connection of this.#connections) connection.tick(this.#now, nowMs)
  }
}

function shuffled<Item>(items: Item[]): Item[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1))
    const item = items[last] as Item
    items[last] = items[other] as Item
    items[other] = item
  }
  return items
}

// One function for all sockets instead of a closure for each.

function onMessage(this: Connected, data: Buffer, isBinary: boolean): void {
  this.connection?.received(data, isBinary)
}

function onPing(this: Connected, data: Buffer): void {
  this.connection?.pinged(data)
}

function onPong(this: Connected): void {
  this.connection?.ponged()
}

/** A protocol error of the client (for instance a frame over the limit): ws closes the socket with the right code. */
function onError(this: Connected): void {
  // Its close event follows.
}

function onClose(this: Connected, code: number, reason: Buffer): void {
  this.connection?.gone(code, reason.toString())
}
