import type { IncomingHttpHeaders } from 'node:http'
import { WebSocket } from 'ws'
import type { Admission } from '../identity/identity'
import { limits } from '../limits'
import { type Closing, closings } from './close-codes'

const pingEveryMs = 12_000
const lastWordsMs = 2_000
const longestTimerMs = 2 ** 31 - 1

/** A browser's socket: closes itself when its token ends, when it does not answer, and when it reads too slowly. */
export class ClientSocket {
  #admission: Admission | undefined
  #expiry: NodeJS.Timeout | undefined
  #isAlive = true
  #onEnd: ((code: number, reason: string) => void) | undefined
  readonly #heartbeat: NodeJS.Timeout

  constructor(
    private readonly socket: WebSocket,
    readonly headers: IncomingHttpHeaders,
    readonly requestId: string,
  ) {
    this.#heartbeat = setInterval(() => this.#beat(), pingEveryMs)
    socket.on('pong', () => (this.#isAlive = true))
    // A protocol fault of the peer (a frame over the limit, for one): ws closes the socket with the right code itself.
    socket.on('error', () => undefined)
    socket.once('close', (code, reason) => this.#ended(code, String(reason)))
  }

  /** Called once, as soon as the end has begun: a peer may take its time to take leave. */
  onEnd(listener: (code: number, reason: string) => void): void {
    this.#onEnd = listener
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
    const left = admission.expiresAt * 1_000 - Date.now()
    this.#expiry = setTimeout(() => this.end('forbidden'), Math.min(Math.max(left, 0), longestTimerMs))
  }

  /**
   * Never waits: what the network does not take piles up here to the limit, and then the client has to resume. A message of any
   * size goes to somebody who has taken all before it.
   */
  send(data: string): void {
    if (!this.isOpen) return
    const waiting = this.socket.bufferedAmount
    if (waiting > 0 && waiting + data.length > limits.bufferedBytes) this.end('slow')
    else this.socket.send(data)
  }

  end(closing: Closing): void {
    const [code, reason] = closings[closing]
    this.close(code, reason)
  }

  /** Says why, and does not wait long for a peer that does not listen. */
  close(code: number, reason: string): void {
    if (!this.isOpen) return
    this.socket.close(code, reason)
    this.#ended(code, reason)
    const cut = setTimeout(() => this.socket.terminate(), lastWordsMs)
    this.socket.once('close', () => clearTimeout(cut))
  }

  #ended(code: number, reason: string): void {
    clearInterval(this.#heartbeat)
    clearTimeout(this.#expiry)
    const onEnd = this.#onEnd
    this.#onEnd = undefined
    onEnd?.(code, reason)
  }

  #beat(): void {
    if (!this.#isAlive) {
      this.socket.terminate()
      return
    }
    this.#isAlive = false
    this.socket.ping()
  }
}
