import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { EncodedResult } from '../operation-sink'
import { TokenBucket } from '../token-bucket'
import { type Closing, closings, idInUse } from './closings'
import { Outbox } from './joined-writes'
import { acknowledgement, pongTo, readMessage, type SubscribePayload } from './messages'
import { SocketOperation } from './socket-operation'
import type { TransportServer } from './transport-server'

type Stage = 'silent' | 'introduced' | 'admitted'

const pingFrame = Buffer.from([0x89, 0x00])

/**
 * A client's socket in graphql-transport-ws. It holds no closures and no timers of its own: there may be many, and most
 * are idle.
 */
export class Connection<Client, Data> {
  /** Known once it is admitted; the time (milliseconds since the epoch) when it must be admitted again. */
  expiresAt = Infinity
  readonly #outbox: Outbox
  readonly #received: TokenBucket
  #operations: Map<string, SocketOperation<Client, Data>> | undefined
  #stage: Stage = 'silent'
  #isAlive = true
  #isEnded = false
  /** The tick of the server's clock at which it must have introduced itself, is pinged, or is cut off. */
  #due: number

  constructor(
    private readonly server: TransportServer<Client, Data>,
    private readonly socket: WebSocket,
    raw: Duplex,
    /** What the owner of the server knows of this client. */
    readonly client: Client,
  ) {
    const { limits, writes } = server
    this.#outbox = new Outbox(raw, writes)
    this.#received = new TokenBucket(limits.messages)
    this.#due = server.ticksFromNow(limits.introductionMs)
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN
  }

  get isAdmitted(): boolean {
    return this.#stage === 'admitted'
  }

  get operations(): number {
    return this.#operations?.size ?? 0
  }

  /**
   * Never waits: unsent data is buffered up to the limit; beyond it the client is closed and has to resume. With nothing
   * unsent, a message of any size is sent.
   */
  send(message: Buffer): void {
    if (this.#hasRoomFor(message.length)) this.#outbox.add(message)
  }

  /** The same for a result; its messages end with the id. */
  sendResult(result: EncodedResult, id: string): void {
    if (this.#hasRoomFor(result.size)) this.#outbox.addResult(result, id)
  }

  #hasRoomFor(bytes: number): boolean {
    if (!this.isOpen) return false
    const ahead = this.#outbox.unsentBytes
    if (ahead === 0 || ahead + bytes <= this.server.limits.bufferedBytes) return true
    this.close(closings.slow)
    return false
  }

  /** Sends the close code, and does not wait long for a client that does not answer. */
  close([code, reason]: Closing): void {
    if (!this.isOpen) return
    const { limits } = this.server
    const isSlow = code === closings.slow[0] && reason === closings.slow[1]
    if (!isSlow) this.#outbox.flush()
    this.#outbox.clear()
    this.#due = this.server.ticksFromNow(isSlow ? limits.goodbyeToSlowMs : limits.goodbyeMs)
    this.socket.close(code, reason)
    this.ended(code, reason)
  }

  forget(operation: SocketOperation<Client, Data>): void {
    this.#operations?.delete(operation.id)
    this.server.hooks.ended(operation)
  }

  /** Called for every message; a message is text. Nothing that a client sends may throw into the socket. */
  received(data: Buffer, isBinary: boolean): void {
    try {
      this.#receive(data, isBinary)
    } catch (error) {
      // JSON is read at any depth, but not written: that overflows the stack.
      if (error instanceof RangeError) this.close(closings.invalid)
      else this.server.hooks.failed(this, error)
    }
  }

  /** A ping frame of the client. */
  pinged(data: Buffer): void {
    this.counted()
    if (this.isOpen) this.socket.pong(data)
  }

  /** A pong frame of the client. */
  ponged(): void {
    this.#isAlive = true
    this.counted()
  }

  counted(): void {
    if (this.isOpen && this.#received.take() > 0) this.close(closings.flood)
  }

  /** Time-based checks; `now` is a tick of the server's clock. */
  tick(now: number, nowMs: number): void {
    if (this.isOpen && nowMs >= this.expiresAt) this.close(closings.forbidden)
    if (now < this.#due) return
    if (!this.isOpen) this.socket.terminate()
    else if (this.#stage === 'silent') this.close(closings.silent)
    else this.#beat(now)
  }

  /** The client or the server has begun to close it: its operations end now, however long the rest takes. */
  ended(code: number, reason: string): void {
    if (this.#isEnded) return
    this.#isEnded = true
    const operations = this.#operations
    this.#operations = undefined
    for (const operation of operations?.values() ?? []) operation.leave()
    this.server.hooks.closed(this, code, reason)
  }

  /** The connection is no more. */
  gone(code: number, reason: string): void {
    this.ended(code, reason)
    this.server.remove(this)
  }

  terminate(): void {
    this.socket.terminate()
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.counted()
    if (!this.isOpen) return
    if (isBinary) {
      this.close(closings.binary)
      return
    }
    const message = readMessage(data.toString())
    switch (message?.type) {
      case undefined:
        this.close(closings.invalid)
        return
      case 'connection_init':
        this.#introduce(message.payload ?? undefined)
        return
      case 'subscribe':
        this.#subscribe(message.id, message.payload)
        return
      case 'complete':
        this.#operations?.get(message.id)?.leave()
        return
      case 'ping':
        this.send(pongTo(message.payload))
        return
      case 'pong':
        return
    }
  }

  #introduce(payload: Record<string, unknown> | undefined): void {
    if (this.#stage !== 'silent') {
      this.close(closings.introducedTwice)
      return
    }
    this.#stage = 'introduced'
    this.#due = this.server.firstBeat()
    if (!this.server.beginnings.run('admission', () => void this.#admit(payload))) this.close(closings.busy)
  }

  async #admit(payload: Record<string, unknown> | undefined): Promise<void> {
    if (this.#isEnded) return
    try {
      const isAdmitted = await this.server.hooks.admit(this, payload)
      if (!this.isOpen) return
      if (!isAdmitted) {
        this.close(closings.forbidden)
        return
      }
      this.#stage = 'admitted'
      this.send(acknowledgement)
    } catch (error) {
      this.server.hooks.failed(this, error)
    }
  }

  #subscribe(id: string, payload: SubscribePayload): void {
    if (this.#stage !== 'admitted') {
      this.close(closings.unauthorized)
      return
    }
    this.#operations ??= new Map()
    if (this.#operations.has(id)) {
      this.close(idInUse(id))
      return
    }
    const operation = new SocketOperation(this, id)
    this.#operations.set(id, operation)
    if (!this.server.beginnings.run('operation', () => this.#begin(operation, payload))) this.close(closings.busy)
  }

  #begin(operation: SocketOperation<Client, Data>, payload: SubscribePayload): void {
    if (!operation.isOpen) return
    try {
      this.server.hooks.subscribe(operation, payload)
    } catch (error) {
      this.server.hooks.failed(this, error)
    }
  }

  #beat(now: number): void {
    if (!this.#isAlive) {
      // A client that does not read does not see the ping either, and may still read why it was closed; for one that is
      // gone this costs little.
      this.close(closings.slow)
      return
    }
    this.#isAlive = false
    this.#due = now + this.server.ticksOf(this.server.limits.pingEveryMs)
    this.#outbox.raw.write(pingFrame)
  }
}
