import type { GraphQLFormattedError } from 'graphql'
import { WebSocket } from 'ws'
import type { JsonObject } from '../operations/json-value'
import { isLeaving } from './leaving'
import { completeMessage, pongTo } from './messages'
import { readServerMessage, type ServerMessage } from './server-messages'
import { protocol } from './transport-server'
import { TurnWrites } from './turn-writes'

/** What a server sends for one operation. Nothing more comes after its end. */
export interface Receiver {
  next(payload: JsonObject): void
  /** It is refused, or ends with these errors. */
  error(errors: readonly GraphQLFormattedError[]): void
  complete(): void
  /** The connection is gone, and with it what was under way. */
  lost(): void
}

/** Times are milliseconds. */
export interface TransportClientOptions {
  /** `ws://…` */
  readonly url: string
  /** How long a server may take from the handshake to its acknowledgement. */
  readonly acknowledgedWithinMs: number
  /** The next ping follows this long after a pong. */
  readonly pingEveryMs: number
  /** Without a pong by then the connection is cut. */
  readonly pongWithinMs: number
  /** A connection without operations for this long is closed. */
  readonly idleMs: number
  /** The wait before the next attempt doubles with each that fails. */
  readonly retry: { readonly firstMs: number; readonly longestMs: number }
}

export interface TransportClientHooks {
  /** The connection is up, and this is what the server says of itself. */
  acknowledged(payload: unknown): void
  pinged(): void
  ponged(): void
  /** The connection is gone; `wasUp` is false when it has not been acknowledged. */
  lost(wasUp: boolean): void
}

const initMessage = '{"type":"connection_init"}'
const pingMessage = '{"type":"ping"}'
const goodbyeMs = 1_000
const graceMs = 50

/**
 * One connection to a server in graphql-transport-ws, for the operations of many. It is opened when it is wanted, and
 * whoever has operations on it says so again when it is lost. An operation of its own never ends the connection.
 */
export class TransportClient {
  readonly #receivers = new Map<string, Receiver>()
  #link: Link | undefined
  #isUp = false
  #lastId = 0
  #usedAt = 0
  #failures = 0
  #notBefore = 0
  #attempt: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(
    readonly options: TransportClientOptions,
    private readonly hooks: TransportClientHooks,
  ) {}

  /** Whether operations can begin: not any more on a connection that its server leaves or that closes. */
  get isUp(): boolean {
    return this.#isUp && this.#link?.isOpen === true
  }

  /** What waits for the network. */
  get unsentBytes(): number {
    return this.#link?.writes?.unsentBytes ?? 0
  }

  /** Opens the connection if there is none, now or when the next attempt is due. */
  want(): void {
    this.#usedAt = performance.now()
    if (this.#link !== undefined || this.#attempt !== undefined || this.#isClosed) return
    const waitMs = this.#notBefore - this.#usedAt
    if (waitMs > 0) this.#attempt = setTimeout(() => this.#open(), waitMs)
    else this.#open()
  }

  /**
   * Begins an operation while the connection is up, and returns its id. `payload` is that of `subscribe`, as JSON.
   */
  begin(payload: string, receiver: Receiver): string {
    const id = String(++this.#lastId)
    this.#usedAt = performance.now()
    this.#receivers.set(id, receiver)
    this.#link?.writes?.add(`{"id":"${id}","type":"subscribe","payload":${payload}}`)
    return id
  }

  /** Ends an operation, if it has not ended: its receiver is told nothing more. */
  leave(id: string): void {
    if (this.#receivers.delete(id)) this.#link?.writes?.add(completeMessage(id).toString())
  }

  /** For good; the owner is not told of it. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#attempt)
    this.#link?.close(1000, 'Client stops')
  }

  #open(): void {
    this.#attempt = undefined
    this.#link = new Link(this.options, {
      message: (message) => this.#received(message),
      pinged: () => {
        if (this.#receivers.size > 0) this.#usedAt = performance.now()
        else if (performance.now() - this.#usedAt >= this.options.idleMs) return false
        this.hooks.pinged()
        return true
      },
      gone: () => this.#gone(),
    })
  }

  #received(message: ServerMessage): void {
    switch (message.type) {
      case 'connection_ack':
        this.#isUp = true
        this.#failures = 0
        this.hooks.acknowledged(message.payload)
        return
      case 'pong':
        this.hooks.ponged()
        return
      case 'ping':
        return
      default:
        this.#deliver(message)
    }
  }

  #deliver(message: Extract<ServerMessage, { readonly id: string }>): void {
    const receiver = this.#receivers.get(message.id)
    if (receiver === undefined) return
    if (message.type === 'next') {
      receiver.next(message.payload)
      return
    }
    this.#receivers.delete(message.id)
    if (message.type === 'complete') receiver.complete()
    else receiver.error(message.payload)
  }

  #gone(): void {
    const wasUp = this.#isUp
    this.#link = undefined
    this.#isUp = false
    const { firstMs, longestMs } = this.options.retry
    const longest = Math.min(firstMs * 2 ** Math.min(this.#failures++, 10), longestMs)
    this.#notBefore = performance.now() + longest / 2 + (Math.random() * longest) / 2
    const receivers = [...this.#receivers.values()]
    this.#receivers.clear()
    for (const receiver of receivers) receiver.lost()
    if (!this.#isClosed) this.hooks.lost(wasUp)
  }
}

interface LinkHooks {
  message(message: ServerMessage): void
  /** A ping is due; false closes an idle connection instead. */
  pinged(): boolean
  /** Called once. */
  gone(): void
}

/** One connection, from its handshake to its end. */
class Link {
  writes: TurnWrites | undefined
  readonly #socket: WebSocket
  #timer: NodeJS.Timeout
  #isAcknowledged = false
  #isLeaving = false
  #isGone = false

  constructor(
    private readonly options: TransportClientOptions,
    private readonly hooks: LinkHooks,
  ) {
    this.#socket = new WebSocket(options.url, protocol, { perMessageDeflate: false })
    this.#timer = setTimeout(() => this.#cut(), options.acknowledgedWithinMs)
    this.#socket.on('upgrade', ({ socket }) => (this.writes = new TurnWrites(socket, 'client')))
    this.#socket.on('open', () => this.writes?.add(initMessage))
    this.#socket.on('message', (data: Buffer, isBinary) => this.#received(data, isBinary))
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => this.#gone())
  }

  get isOpen(): boolean {
    return !this.#isLeaving && this.#socket.readyState === WebSocket.OPEN
  }

  close(code: number, reason: string): void {
    this.writes?.flush()
    this.#socket.close(code, reason)
    setTimeout(() => this.#socket.terminate(), goodbyeMs).unref()
    this.#gone()
  }

  #received(data: Buffer, isBinary: boolean): void {
    if (this.#isGone) return
    const message = isBinary ? null : readServerMessage(data.toString())
    const isExpected = this.#isAcknowledged !== (message?.type === 'connection_ack')
    if (message === null || !(isExpected || message.type === 'ping' || message.type === 'pong')) {
      this.close(4400, 'Invalid message received')
      return
    }
    if (message.type === 'connection_ack') this.#isAcknowledged = true
    if (message.type === 'ping') {
      this.writes?.add(pongTo(message.payload).toString())
      this.#isLeaving ||= isLeaving(message.payload)
    }
    if (message.type === 'connection_ack' || message.type === 'pong') this.#pingLater()
    this.hooks.message(message)
  }

  #pingLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ping(), this.options.pingEveryMs)
  }

  #ping(): void {
    if (!this.hooks.pinged()) {
      this.close(1000, 'Idle')
      return
    }
    this.writes?.add(pingMessage)
    // After a standstill of this process the timer comes before what has arrived meanwhile.
    this.#timer = setTimeout(() => (this.#timer = setTimeout(() => this.#cut(), graceMs)), this.options.pongWithinMs)
  }

  #cut(): void {
    this.#socket.terminate()
    this.#gone()
  }

  #gone(): void {
    if (this.#isGone) return
    this.#isGone = true
    clearTimeout(this.#timer)
    this.hooks.gone()
  }
}
