import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { clientFrame, FrameReader, opcodes } from './frames.ts'

export interface Place {
  readonly port: number
  readonly path: string
  /** `graphql-transport-ws`, or none for a server that only broadcasts. */
  readonly protocol?: string
  /** Another address of the loopback, which has ports of its own. */
  readonly localAddress?: string
}

/** What one client says: nothing to a server that only broadcasts. */
export interface Introduction {
  /** Lines of the request for the upgrade, each with its end. */
  readonly headers?: string
  /** The message after the acknowledgement of graphql-transport-ws. */
  readonly subscribe?: string
}

export interface FollowerEvents {
  /** Each text message but the protocol's own; the bytes are valid during the call only. */
  readonly message: (payload: Buffer) => void
  /** The upgrade was answered: the status is 101 unless it was refused. */
  readonly opened?: (status: number) => void
  readonly closed?: (code: number) => void
}

const acknowledged = Buffer.from('{"type":"connection_ack"')
const asked = Buffer.from('{"type":"ping"')
const init = clientFrame('{"type":"connection_init"}')
const pong = clientFrame('{"type":"pong"}')

/**
 * A WebSocket client with little work for each message, so that thousands fit into the process that makes the load. It
 * reads a frame's header and hands on the payload; nothing is parsed.
 */
export class Follower {
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  readonly #events: FollowerEvents
  readonly #subscribe: string | undefined
  #head = Buffer.alloc(0)
  #isOpen = false
  #code = 1006

  constructor(place: Place, { headers = '', subscribe }: Introduction, events: FollowerEvents) {
    this.#events = events
    this.#subscribe = subscribe
    this.#socket = connect({
      host: '127.0.0.1',
      port: place.port,
      noDelay: true,
      ...(place.localAddress === undefined ? {} : { localAddress: place.localAddress }),
    })
    const protocol = place.protocol === undefined ? '' : `Sec-WebSocket-Protocol: ${place.protocol}\r\n`
    this.#socket.write(
      `GET ${place.path} HTTP/1.1\r\nHost: 127.0.0.1:${place.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${protocol}${headers}\r\n`,
    )
    this.#socket.on('data', (chunk) => this.#take(chunk))
    this.#socket.on('error', () => undefined)
    this.#socket.once('close', () => events.closed?.(this.#code))
  }

  send(message: string): void {
    this.#socket.write(clientFrame(message))
  }

  /** Like a cable that is pulled: no close frame. */
  cut(): void {
    this.#socket.resetAndDestroy()
  }

  #take(chunk: Buffer): void {
    if (this.#isOpen) {
      this.#reader.read(chunk, ({ opcode, payload }) => this.#receive(opcode, payload))
      return
    }
    this.#head = Buffer.concat([this.#head, chunk])
    const end = this.#head.indexOf('\r\n\r\n')
    if (end < 0) return
    const status = Number(this.#head.toString('latin1', 9, 12))
    const rest = this.#head.subarray(end + 4)
    this.#head = Buffer.alloc(0)
    this.#events.opened?.(status)
    if (status !== 101) {
      this.#socket.destroy()
      return
    }
    this.#isOpen = true
    if (this.#subscribe !== undefined) this.#socket.write(init)
    if (rest.length > 0) this.#take(rest)
  }

  #receive(opcode: number, payload: Buffer): void {
    if (opcode === opcodes.ping) this.#socket.write(clientFrame(payload, opcodes.pong))
    else if (opcode === opcodes.close) {
      this.#code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      this.#socket.end(clientFrame(payload, opcodes.close))
    } else if (opcode === opcodes.text) {
      if (startsWith(payload, asked)) this.#socket.write(pong)
      else if (!startsWith(payload, acknowledged)) this.#events.message(payload)
      else if (this.#subscribe !== undefined) this.send(this.#subscribe)
    }
  }
}

const startsWith = (payload: Buffer, start: Buffer): boolean =>
  payload.length >= start.length && payload.compare(start, 0, start.length, 0, start.length) === 0

export const subscribeMessage = (payload: object, id = '1'): string =>
  JSON.stringify({ id, type: 'subscribe', payload })
