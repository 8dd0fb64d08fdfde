import type { Writable } from 'node:stream'
import type { EncodedResult } from '../operation-sink'
import { headerBytes, writeHeader } from './frames'
import { ResultFrames, sizeOf, writeFrame } from './result-frames'

/** A part of this size is not worth copying: it is written by itself. */
const largeBytes = 16 * 1024
const slabBytes = 64 * 1024
/** So many sockets are written to together, while the processor's cache still has what belongs to them. */
const socketsAtOnce = 16

/** A message: its bytes, or for a result the bytes up to the id, and the id. */
type Parts = (Buffer | string | undefined)[]

/**
 * The messages of all sockets in one turn of the event loop: joined to one buffer and one write for each socket. The
 * buffer is the same for all of them, because the kernel has mostly copied it when `write` returns.
 */
export class JoinedWrites {
  #waiting: Outbox[] = []
  #isAwaited = false
  #slab = Buffer.allocUnsafeSlow(slabBytes)
  #view = this.#slab
  readonly #frames = new ResultFrames()

  add(outbox: Outbox): void {
    const count = this.#waiting.push(outbox)
    if (count === socketsAtOnce) this.#write()
    else if (!this.#isAwaited) {
      this.#isAwaited = true
      setImmediate(this.#flush)
    }
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

  /** Writes what others may get too. */
  writeResult(raw: Writable, result: EncodedResult, id: string): void {
    raw.write(this.#frames.for(result, id))
    if (raw.writableLength > 0) this.#frames.keep()
  }

  readonly #flush = (): void => {
    this.#isAwaited = false
    this.#write()
    this.#frames.forget()
  }

  #write(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const outbox of waiting) outbox.flush()
  }
}

function join(target: Buffer, parts: Parts, from: number, to: number): void {
  let at = 0
  for (let index = from; index < to; index += 2)
    at = writeFrame(target, at, parts[index] as Buffer, parts[index + 1] as string | undefined)
}

/** The messages of one socket that have not been handed over to the network. */
export class Outbox {
  /** What waits is mostly one result. */
  #result: EncodedResult | undefined
  #id = ''
  /** Anything else that waits. */
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

  /** A whole message. */
  add(message: Buffer): void {
    const isFirst = this.#isEmpty
    this.#bytes += message.length + headerBytes(message.length)
    this.#toParts().push(message, undefined)
    this.#flushSoon(isFirst)
  }

  /** A result, and the id that ends its messages (ASCII, escaped as in JSON). */
  addResult(result: EncodedResult, id: string): void {
    const isFirst = this.#isEmpty
    this.#bytes += ResultFrames.lengthOf(result, id)
    if (isFirst && result.size < slabBytes) {
      this.#result = result
      this.#id = id
    } else {
      const parts = this.#toParts()
      for (const front of result.fronts) parts.push(front, id)
    }
    this.#flushSoon(isFirst)
  }

  clear(): void {
    this.#result = undefined
    this.#parts = undefined
    this.#bytes = 0
  }

  flush(): void {
    if (this.#isAwaited) return
    const { raw } = this
    if (this.#result !== undefined && !raw.writableNeedDrain) {
      const result = this.#result
      this.clear()
      this.writes.writeResult(raw, result, this.#id)
      return
    }
    if (this.#isEmpty) return
    const parts = this.#toParts()
    let from = 0
    while (from < parts.length && !raw.writableNeedDrain) from = this.#writeFrom(parts, from)
    if (from === parts.length) {
      this.clear()
      return
    }
    this.#parts = parts.slice(from)
    this.#isAwaited = true
    // An arrow function, so that a slow reader costs one, not one per message.
    raw.once('drain', () => {
      this.#isAwaited = false
      this.flush()
    })
  }

  get #isEmpty(): boolean {
    return this.#result === undefined && this.#parts === undefined
  }

  /** What waits, as parts. */
  #toParts(): Parts {
    this.#parts ??= []
    for (const front of this.#result?.fronts ?? []) this.#parts.push(front, this.#id)
    this.#result = undefined
    return this.#parts
  }

  #flushSoon(isFirst: boolean): void {
    if (this.#isAwaited) return
    if (isFirst) this.writes.add(this)
    // More than a turn should hold: a reader that keeps up takes it at once.
    else if (this.#bytes >= slabBytes) this.flush()
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
