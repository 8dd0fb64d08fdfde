import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/** A request that the browser has made, from a page or a service worker. */
export interface Exchange {
  /** By `Date.now`, when it was asked. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly type: string
  /** Of the body, as it was sent. */
  readonly sentBytes: number
  /** Of the body, without its compression. */
  readonly bytes: number
}

/**
 * Stands between the browser and the gateway, and counts what passes: the bytes are exact, and what a service worker
 * asks for is among them. It can end, as if the web server and the gateway had ended.
 */
export class CountingProxy {
  readonly exchanges: Exchange[] = []
  /** What sockets have brought. */
  socketBytes = 0
  underWay = 0
  readonly #server: Server
  readonly #agent = new Agent({ keepAlive: true })
  readonly #open = new Set<Socket>()
  readonly #target: number
  #port = 0

  constructor(target: number) {
    this.#target = target
    this.#server = createServer((asked, answer) => this.#pass(asked, answer))
    this.#server.on('connection', (socket: Socket) => this.#keep(socket))
    this.#server.on('upgrade', (asked: IncomingMessage, near: Socket, head: Buffer) => this.#join(asked, near, head))
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async start(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Nothing listens at the address any more; `start` listens there again. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const socket of this.#open) socket.destroy()
    await closed
  }

  forget(): void {
    this.exchanges.length = 0
    this.socketBytes = 0
  }

  #keep(socket: Socket): void {
    this.#open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => this.#open.delete(socket))
  }

  /** The gateway answers its own origin only. */
  #headersFor(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const host = `127.0.0.1:${this.#target}`
    return { ...headers, host, ...(headers.origin === undefined ? {} : { origin: `http://${host}` }) }
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    const at = Date.now()
    const { method = 'GET', url: path = '/' } = asked
    const headers = this.#headersFor(asked.headers)
    this.underWay += 1
    answer.on('close', () => (this.underWay -= 1))
    const passed = request({ host: '127.0.0.1', port: this.#target, method, path, headers, agent: this.#agent })
    passed.on('error', () => answer.destroy())
    passed.on('response', (from) => {
      const chunks: Buffer[] = []
      from.on('data', (chunk: Buffer) => chunks.push(chunk))
      from.on('error', () => answer.destroy())
      from.on('end', () => {
        const body = Buffer.concat(chunks)
        const type = from.headers['content-type'] ?? ''
        const bytes = plain(body, from.headers['content-encoding']).length
        this.exchanges.push({ at, method, path, type, sentBytes: body.length, bytes })
      })
      answer.writeHead(from.statusCode ?? 502, from.headers)
      from.pipe(answer)
    })
    asked.pipe(passed)
  }

  #join(asked: IncomingMessage, near: Socket, head: Buffer): void {
    const far = connect(this.#target, '127.0.0.1')
    this.#keep(far)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    far.on('data', (chunk: Buffer) => (this.socketBytes += chunk.length))
    const lines = Object.entries(this.#headersFor(asked.headers)).map(([name, value]) => `${name}: ${String(value)}`)
    far.write(`GET ${asked.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    far.write(head)
    near.pipe(far)
    far.pipe(near)
  }
}

function plain(body: Buffer, encoding: string | undefined): Buffer {
  if (body.length === 0) return body
  if (encoding === 'gzip') return gunzipSync(body)
  return encoding === 'br' ? brotliDecompressSync(body) : body
}
