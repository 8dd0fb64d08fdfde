import { EventEmitter, once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

type Mode =
  | { readonly kind: 'pass' }
  /** Accepts connections and bytes, and neither forwards nor answers anything. */
  | { readonly kind: 'hang' }
  /** Cuts the connection once this many bytes have passed in one direction since the mode was set. */
  | { readonly kind: 'cut'; readonly direction: Direction; readonly afterBytes: number }

type Direction = 'request' | 'answer'

/** A TCP proxy in front of an engine that can refuse, hang or cut connections, without touching the engine. */
export class FaultProxy {
  readonly #sockets = new Set<Socket>()
  readonly #events = new EventEmitter()
  #server: Server | undefined
  #mode: Mode = { kind: 'pass' }
  #passed: Record<Direction, number> = { request: 0, answer: 0 }
  #port = 0

  private constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  /** `target` is `host:port`. The proxy keeps its port for its whole life, also after `refuse`. */
  static async to(target: string): Promise<FaultProxy> {
    const [host = '127.0.0.1', port] = target.split(':')
    const proxy = new FaultProxy(host, Number(port))
    await proxy.#listen()
    return proxy
  }

  get port(): number {
    return this.#port
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`
  }

  async pass(): Promise<void> {
    // Bytes that were swallowed while it hung are missing from those streams.
    if (this.#mode.kind === 'hang') this.cutNow()
    this.#set({ kind: 'pass' })
    await this.#listen()
  }

  /** Like an engine that died: connections end now, and the port is closed. */
  async refuse(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    const closed = once(server, 'close')
    server.close()
    this.cutNow()
    await closed
  }

  hang(): void {
    this.#set({ kind: 'hang' })
  }

  /** Resolves when a request has been swallowed, which will not be answered. */
  async swallowed(): Promise<void> {
    await once(this.#events, 'swallowed')
  }

  /** The engine never gets the whole request: nothing can have been done. */
  cutRequest(afterBytes = 0): void {
    this.#set({ kind: 'cut', direction: 'request', afterBytes })
  }

  /** The engine gets the request and its answer is lost. */
  cutAnswer(afterBytes = 0): void {
    this.#set({ kind: 'cut', direction: 'answer', afterBytes })
  }

  /** Resets all current connections; new ones follow the mode. */
  cutNow(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy()
  }

  async close(): Promise<void> {
    await this.refuse()
  }

  #set(mode: Mode): void {
    this.#mode = mode
    this.#passed = { request: 0, answer: 0 }
  }

  async #listen(): Promise<void> {
    if (this.#server !== undefined) return
    const server = createServer((client) => this.#take(client))
    this.#server = server
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
  }

  #take(client: Socket): void {
    const engine = connect(this.targetPort, this.host)
    this.#join(client, engine, 'request')
    this.#join(engine, client, 'answer')
  }

  #join(from: Socket, to: Socket, direction: Direction): void {
    this.#sockets.add(from)
    from.on('data', (bytes) => this.#hand(bytes, from, to, direction))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      this.#sockets.delete(from)
      if (this.#mode.kind !== 'hang') to.destroy()
    })
  }

  #hand(bytes: Buffer, from: Socket, to: Socket, direction: Direction): void {
    const mode = this.#mode
    if (mode.kind === 'hang') {
      if (direction === 'request') this.#events.emit('swallowed')
      return
    }
    if (mode.kind === 'cut' && mode.direction === direction) {
      const left = mode.afterBytes - this.#passed[direction]
      this.#passed[direction] += bytes.length
      if (left < bytes.length) {
        // The bytes before the cut must arrive before the reset does.
        to.write(bytes.subarray(0, Math.max(0, left)), () => {
          from.resetAndDestroy()
          to.destroy()
        })
        return
      }
    }
    to.write(bytes)
  }
}
