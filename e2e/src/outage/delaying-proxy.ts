import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { Transform } from 'node:stream'

/** A proxy in front of a port that delays every chunk by the current delay. */
export class DelayingProxy {
  delayMs = 0
  readonly #server: Server
  readonly #open = new Set<Socket>()
  #target = 0

  private constructor() {
    this.#server = createServer((socket) => this.#pass(socket))
  }

  static async listen(): Promise<DelayingProxy> {
    const proxy = new DelayingProxy()
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Set later, because the proxy's address must be known before the port behind it. */
  passTo(port: number): void {
    this.#target = port
  }

  close(): void {
    for (const socket of this.#open) socket.destroy()
    this.#server.close()
  }

  #pass(near: Socket): void {
    const far = connect(this.#target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        this.#open.delete(from)
        to.destroy()
      })
    }
    near.pipe(this.#later()).pipe(far)
    far.pipe(near)
  }

  /** Chunks keep their order: each has the delay that is set when it arrives. */
  #later(): Transform {
    return new Transform({
      transform: (chunk, _encoding, done) => void setTimeout(() => done(null, chunk), this.delayMs),
    })
  }
}
