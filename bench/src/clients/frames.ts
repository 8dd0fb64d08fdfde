/** One frame of a WebSocket (RFC 6455) as a server sends it: not masked. */
export interface ReceivedFrame {
  readonly opcode: number
  readonly payload: Buffer
}

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const

/** Takes the bytes of a connection as they arrive, and gives the complete frames in them. */
export class FrameReader {
  #rest: Buffer | null = null

  read(chunk: Buffer, take: (frame: ReceivedFrame) => void): void {
    const bytes = this.#rest === null ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    for (;;) {
      const header = headerAt(bytes, at)
      if (header === null || header.end > bytes.length) break
      take({ opcode: header.opcode, payload: bytes.subarray(header.start, header.end) })
      at = header.end
    }
    this.#rest = at === bytes.length ? null : bytes.subarray(at)
  }
}

function headerAt(bytes: Buffer, at: number): { opcode: number; start: number; end: number } | null {
  if (bytes.length - at < 2) return null
  const opcode = bytes.readUInt8(at) & 0x0f
  const short = bytes.readUInt8(at + 1) & 0x7f
  if (short < 126) return { opcode, start: at + 2, end: at + 2 + short }
  const start = at + (short === 126 ? 4 : 10)
  if (bytes.length < start) return null
  const length = short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
  return { opcode, start, end: start + length }
}

/** A client's frame. It is masked with zeros, which the protocol allows, so that the payload can be sent as it is. */
export function clientFrame(payload: string | Buffer, opcode: number = opcodes.text): Buffer {
  const bytes = Buffer.from(payload)
  const isShort = bytes.length < 126
  const header = Buffer.alloc(isShort ? 6 : 8)
  header.writeUInt8(0x80 | opcode, 0)
  header.writeUInt8(0x80 | (isShort ? bytes.length : 126), 1)
  if (!isShort) header.writeUInt16BE(bytes.length, 2)
  return Buffer.concat([header, bytes])
}
