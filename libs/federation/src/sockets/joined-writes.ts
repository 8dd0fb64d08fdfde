import type { Writable } from 'node:stream'
import { headerBytes, writeHeader } from './frames'

/** A part of this size is not worth copying: it is written by itself. */
const largeBytes = 16 * 1024
const slabBytes = 64 * 1024

/** A message: its bytes, or for a result the bytes up to the id, and the id. */
type Parts = (Buffer | string | undefined)[]

/**
 * The messages of all sockets in one turn of the event loop: joined to one buffer and one write for each socket. The
 * buffer is the same for all of them, because the kernel has mostly copied it when `write` returns.
 */
export class JoinedWrites {
  #waiting: Outbox[] = []
  #slab = Buffer.allocUnsafeSlow(slabBytes)
  #view = this.#slab

  add(outbox: Outbox): void {
    if (this.#waiting.push(outbox) === 1) setImmediate(this.#flush)
  }

  /** Writes messages of these parts and of this length in all. */
  write(raw: Writable, parts: Parts, from: number, to: number, length: number): void {
    if (length > slabBytes || raw.writableLength > 0) {
      // Of a slow reader: kept for a while, and so not longer than it is.
      const joined = Buffer.allocUnsafeSlow(length)
      join(joined, parts, from, to)
      raw.write(joined)
      return
    }
    join(this.#slab, parts, from, to)
    if (this.#view.length !== length) this.#view = this.#slab.subarray(0, length)
    raw.write(this.#view)
    if (raw.writableLength > 0) {
      this.#slab = Buffer.allocUnsafeSlow(slabBytes)
      this.#view = this.#slab
    }
  }

  readonly #flush = (): void => {
    const waiting = this.#waiting
    this.#waiting = []
    for (const outbox of waiting) outbox.flush()
  }
}

const sizeOf = (front: Buffer, id: string | undefined): number => front.length + (id === undefined ? 0 : id.length + 2)

function join(target: Buffer, parts: Parts, from: number, to: number): void {
  let at = 0
  for (let index = from; index < to; index += 2) {
    const front = parts[index] as Buffer
    const id = parts[index + 1] as string | undefined
    at = writeHeader(target, at, sizeOf(front, id))
    target.set(front, at)
    at += front.length
    if (id !== undefined) at = writeTail(target, at, id)
  }
}

function writeTail(target: Buffer, at: number, id: string): number {
  target.write(id, at, id.length, 'latin1')
  const end = at + id.length
  target[end] = 0x22 // "
  target[end + 1] = 0x7d // }
  return end + 2
}

/** The messages of one socket that have not been handed over to the network. */
export class Outbox {
  #parts: Parts | undefined
  #bytes = 0
  #isAwaited = false

  constructor(
    readonly raw: Writable,
    private readonly writes: JoinedWrites,
  ) {}

  /** What has been sent and has not been taken by the network. */
  get unsentBytes(): number {
    return this.#bytes + this.raw.writableLength
  }

  /** A whole message, or the front of a result and the id that ends it (ASCII, escaped as in JSON). */
  add(front: Buffer, id?: string): void {
    const size = sizeOf(front, id)
    this.#bytes += size + headerBytes(size)
    if (this.#parts === undefined) {
      this.#parts = [front, id]
      if (!this.#isAwaited) this.writes.add(this)
      return
    }
    this.#parts.push(front, id)
    // More than a turn should hold: a reader that keeps up takes it at once.
    if (this.#bytes >= slabBytes && !this.#isAwaited) this.flush()
  }

  clear(): void {
    this.#parts = undefined
    this.#bytes = 0
  }

  /** An arrow function, so that a slow reader costs one, not one per message. */
  flush(): void {
    const parts = this.#parts
    if (parts === undefined || this.#isAwaited) return
    const { raw } = this
    let from = 0
    while (from < parts.length && !raw.writableNeedDrain) from = this.#writeFrom(parts, from)
    if (from === parts.length) {
      this.clear()
      return
    }
    this.#parts = parts.slice(from)
    this.#isAwaited = true
    raw.once('drain', () => {
      this.#isAwaited = false
      this.flush()
    })
  }

  /** Writes as many messages as make one write, and returns where the next one begins. */
  #writeFrom(parts: Parts, from: number): number {
    let to = from
    let length = 0
    while (to < parts.length && length < slabBytes) {
      const front = parts[to] as Buffer
      if (front.length >= largeBytes) break
      const size = sizeOf(front, parts[to + 1] as string | undefined)
      const framed = size + headerBytes(size)
      if (length > 0 && length + framed > slabBytes) break
      length += framed
      to += 2
    }
    if (to > from) this.writes.write(this.raw, parts, from, to, length)
    else length = this.#writeLarge(parts[to] as Buffer, parts[to + 1] as string | undefined)
    this.#bytes -= length
    return Math.max(to, from + 2)
  }

  #writeLarge(front: Buffer, id: string | undefined): number {
    const size = sizeOf(front, id)
    const header = Buffer.allocUnsafe(headerBytes(size))
    writeHeader(header, 0, size)
    this.raw.cork()
    this.raw.write(header)
    this.raw.write(front)
    if (id !== undefined) this.raw.write(`${id}"}`, 'latin1')
    this.raw.uncork()
    return size + header.length
  }
}
