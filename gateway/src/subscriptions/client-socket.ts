import type { IncomingHttpHeaders } from 'node:http'
import { WebSocket } from 'ws'
import type { Admission } from '../identity/identity'
import { limits } from '../limits'
import { type Rate, TokenBucket } from '../token-bucket'
import { type Closing, closings } from './close-codes'

const pingEveryMs = 12_000
const goodbyeMs = 2_000
/** ws destroys a socket by itself after 30 s. */
const goodbyeToSlowMs = 25_000
/** How much unsent data is handed over to the network for a slow reader: a close frame queues behind it. */
const handedOverBytes = 64 * 1024

/** What is known of a client before its first message. */
export interface Peer {
  readonly headers: IncomingHttpHeaders
  readonly requestId: string
  /** The address or /64 range that it comes from. */
  readonly network: string
}

/**
 * A browser's socket: closes itself when its token expires, or when the client does not answer pings, floods or reads
 * too slowly.
 */
export class ClientSocket {
  #admission: Admission | undefined
  #isAlive = true
  #beatAt = Date.now() + pingEveryMs
  #cutAt = Infinity
  #onEnd: ((code: number, reason: string) => void) | undefined
  #waiting: string[] = []
  #waitingBytes = 0
  readonly #received: TokenBucket

  constructor(
    private readonly socket: WebSocket,
    readonly peer: Peer,
    rate: Rate,
  ) {
    this.#received = new TokenBucket(rate)
    socket.on('pong', () => {
      this.#isAlive = true
      this.#count()
    })
    socket.on('ping', (data: Buffer) => {
      this.#count()
      if (this.isOpen) socket.pong(data)
    })
    // A protocol error of the client (for instance a frame over the limit): ws closes the socket with the right code
    // itself.
    socket.on('error', () => undefined)
    socket.once('close', (code, reason) => this.#ended(code, String(reason)))
  }

  /** Called once, as soon as closing starts: the client may take its time to complete it. */
  onEnd(listener: (code: number, reason: string) => void): void {
    this.#onEnd = listener
  }

  /** Called when the connection is gone. */
  onGone(listener: () => void): void {
    this.socket.once('close', listener)
  }

  onMessage(listener: (text: string) => void): void {
    this.socket.on('message', (data: Buffer, isBinary) => {
      this.#count()
      if (!this.isOpen) return
      if (isBinary) this.end('binary')
      else listener(data.toString())
    })
  }

  get protocol(): string {
    return this.socket.protocol
  }

  get admission(): Admission | undefined {
    return this.#admission
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN
  }

  admit(admission: Admission): void {
    this.#admission = admission
  }

  /**
   * Never waits: unsent data is buffered up to the limit; beyond it the client is closed and has to resume. With an
   * empty buffer, a message of any size is sent.
   */
  send(data: string): void {
    if (!this.isOpen) return
    const ahead = this.socket.bufferedAmount + this.#waitingBytes
    if (ahead > 0 && ahead + data.length > limits.bufferedBytes) {
      this.end('slow')
      return
    }
    this.#waiting.push(data)
    this.#waitingBytes += data.length
    this.#handOver()
  }

  end(closing: Closing): void {
    const [code, reason] = closings[closing]
    this.close(code, reason, closing === 'slow' ? goodbyeToSlowMs : goodbyeMs)
  }

  /** Sends the close code, and does not wait long for a client that does not answer. */
  close(code: number, reason: string, patienceMs = goodbyeMs): void {
    if (!this.isOpen) return
    this.#waiting = []
    this.#waitingBytes = 0
    this.#cutAt = Date.now() + patienceMs
    this.socket.close(code, reason)
    this.#ended(code, reason)
  }

  /** Time-based checks. One timer calls it for all sockets, about once a second. */
  tick(now: number): void {
    if (now >= this.#cutAt) {
      this.socket.terminate()
      return
    }
    if (!this.isOpen) return
    if (this.#admission !== undefined && now >= this.#admission.expiresAt * 1_000) this.end('forbidden')
    else if (now >= this.#beatAt) this.#beat(now)
  }

  /** An arrow function, so that there is one per socket, not one per message. */
  readonly #handOver = (): void => {
    while (this.isOpen && this.socket.bufferedAmount < handedOverBytes) {
      const next = this.#waiting.shift()
      if (next === undefined) return
      this.#waitingBytes -= next.length
      this.socket.send(next, this.#handOver)
    }
  }

  #count(): void {
    if (this.isOpen && this.#received.take() > 0) this.end('flood')
  }

  #ended(code: number, reason: string): void {
    const onEnd = this.#onEnd
    this.#onEnd = undefined
    onEnd?.(code, reason)
  }

  #beat(now: number): void {
    if (!this.#isAlive) {
      // A client that does not read does not see the ping either, and may still read why it was closed; for one that is
      // gone this costs little.
      this.end('slow')
      return
    }
    this.#isAlive = false
    this.#beatAt = now + pingEveryMs
    this.socket.ping()
  }
}
