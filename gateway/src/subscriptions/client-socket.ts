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
/** How much of what waits for a slow reader is given out of our hands: a goodbye has to queue behind it. */
const handedOverBytes = 64 * 1024

/** What is known of a peer before it has said anything. */
export interface Peer {
  readonly headers: IncomingHttpHeaders
  readonly requestId: string
  /** The address that it comes from, as one subscriber has it. */
  readonly network: string
}

/** A browser's socket: closes itself when its token ends, when it does not answer, floods, or reads too slowly. */
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
    // A protocol fault of the peer (a frame over the limit, for one): ws closes the socket with the right code itself.
    socket.on('error', () => undefined)
    socket.once('close', (code, reason) => this.#ended(code, String(reason)))
  }

  /** Called once, as soon as the end has begun: a peer may take its time to take leave. */
  onEnd(listener: (code: number, reason: string) => void): void {
    this.#onEnd = listener
  }

  /** Called when nothing is left of the connection. */
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
   * Never waits: what the network does not take piles up here to the limit, and then the client has to resume. A message of any
   * size goes to somebody who has taken all before it.
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

  /** Says why, and does not wait long for a peer that does not listen. */
  close(code: number, reason: string, patienceMs = goodbyeMs): void {
    if (!this.isOpen) return
    this.#waiting = []
    this.#waitingBytes = 0
    this.#cutAt = Date.now() + patienceMs
    this.socket.close(code, reason)
    this.#ended(code, reason)
  }

  /** What is due by the clock. One timer calls it for all sockets, about once a second. */
  tick(now: number): void {
    if (now >= this.#cutAt) {
      this.socket.terminate()
      return
    }
    if (!this.isOpen) return
    if (this.#admission !== undefined && now >= this.#admission.expiresAt * 1_000) this.end('forbidden')
    else if (now >= this.#beatAt) this.#beat(now)
  }

  /** Arrow function: one for the life of the socket, not one for each message. */
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
      // A peer that does not read does not see the ping either, and may yet hear why it was closed; one that is gone costs little.
      this.end('slow')
      return
    }
    this.#isAlive = false
    this.#beatAt = now + pingEveryMs
    this.socket.ping()
  }
}
