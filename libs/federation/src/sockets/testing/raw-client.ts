import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Frame {
  readonly opcode: number
  readonly payload?: Buffer | string
  readonly fin?: boolean
  readonly masked?: boolean
  /** RSV1 is 0x40, RSV2 0x20, RSV3 0x10. */
  readonly reserved?: number
  /** A length in the header that is not the payload's. */
  readonly claims?: bigint
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface Ending {
  readonly code: number
  readonly reason: string
}

/** A WebSocket client that can send anything, also what no library would send. */
export class RawClient {
  readonly messages: unknown[] = []
  readonly pongs: string[] = []
  handshake = ''
  ending: Ending | undefined
  #unread = Buffer.alloc(0)
  #changed: () => void = () => undefined
  /** Answers to pings are left out on demand. */
  answersPings = true

  private constructor(private readonly socket: Socket) {}

  static async open(port: number, protocol: string | null = 'graphql-transport-ws', extra = ''): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1')
    const client = new RawClient(socket)
    socket.on('data', (chunk) => client.#read(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      client.ending ??= { code: 1006, reason: '' }
      client.#changed()
    })
    await once(socket, 'connect')
    const key = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13'
    const offered = protocol === null ? '' : `\r\nsec-websocket-protocol: ${protocol}`
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n${key}${offered}${extra}\r\n\r\n`,
    )
    await client.until(() => client.handshake !== '')
    return client
  }

  text(text: string): void {
    this.frame({ opcode: opcodes.text, payload: text })
  }

  json(message: unknown): void {
    this.text(JSON.stringify(message))
  }

  frame(frame: Frame): void {
    this.socket.write(encoded(frame))
  }

  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  destroy(): void {
    this.socket.destroy()
  }

  /** Waits for this many messages in all. */
  async received(count: number): Promise<unknown[]> {
    await this.until(() => this.messages.length >= count)
    return this.messages
  }

  async closed(): Promise<Ending> {
    await this.until(() => this.ending !== undefined)
    return this.ending ?? { code: 0, reason: '' }
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.ending !== undefined) throw new Error(`Closed with ${this.ending.code} ${this.ending.reason}`)
      await new Promise<void>((resolve) => (this.#changed = resolve))
    }
  }

  #read(chunk: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, chunk])
    if (this.handshake === '') {
      const end = this.#unread.indexOf('\r\n\r\n')
      if (end < 0) return
      this.handshake = this.#unread.toString('latin1', 0, end)
      this.#unread = this.#unread.subarray(end + 4)
    }
    while (this.#readFrame());
    this.#changed()
  }

  #readFrame(): boolean {
    const bytes = this.#unread
    if (bytes.length < 2) return false
    const short = (bytes[1] ?? 0) & 0x7f
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (bytes.length < header) return false
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
    if (bytes.length < header + length) return false
    this.#unread = bytes.subarray(header + length)
    this.#take((bytes[0] ?? 0) & 0x0f, bytes.subarray(header, header + length))
    return true
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === opcodes.text) this.messages.push(JSON.parse(payload.toString()))
    if (opcode === opcodes.pong) this.pongs.push(payload.toString())
    if (opcode === opcodes.ping && this.answersPings) this.frame({ opcode: opcodes.pong, payload })
    if (opcode === opcodes.close) {
      const code = payload.length < 2 ? 1005 : payload.readUInt16BE(0)
      this.ending ??= { code, reason: payload.toString('utf8', 2) }
      this.frame({ opcode: opcodes.close, payload })
      this.socket.end()
    }
  }
}

function encoded({ opcode, payload = '', fin = true, masked = true, reserved = 0, claims }: Frame): Buffer {
  const content = Buffer.from(payload as string)
  const length = claims ?? BigInt(content.length)
  const header = length < 126n ? Buffer.alloc(2) : length < 65_536n ? Buffer.alloc(4) : Buffer.alloc(10)
  header[0] = (fin ? 0x80 : 0) | reserved | opcode
  header[1] = (masked ? 0x80 : 0) | (length < 126n ? Number(length) : length < 65_536n ? 126 : 127)
  if (header.length === 4) header.writeUInt16BE(Number(length), 2)
  if (header.length === 10) header.writeBigUInt64BE(length, 2)
  const mask = masked ? Buffer.from([1, 2, 3, 4]) : Buffer.alloc(0)
  if (masked) for (let at = 0; at < content.length; at++) content[at] = (content[at] ?? 0) ^ (mask[at % 4] ?? 0)
  return Buffer.concat([header, mask, content])
}
