import type { Writable } from 'node:stream'
import { headerBytes, writeHeader, writeMaskedHeader } from './frames'

/** More than a turn should hold: it is written at once. */
const fullBytes = 64 * 1024
const maskBytes = 4

/**
 * The text messages of one socket between two servers, those of one turn of the event loop in one write. Beside it the
 * socket's own library may write whole frames, such as pongs and the end.
 */
export class TurnWrites {
  #texts: string[] = []
  #sizes: number[] = []
  #bytes = 0
  /** Of what waits for the end of the turn. */
  #taken: PromiseWithResolvers<void> | undefined
  /** Of what was written last, until the network has taken it. */
  #written: PromiseWithResolvers<void> | undefined

  constructor(
    private readonly raw: Writable,
    /** Frames of a client are masked. */
    private readonly side: 'client' | 'server',
  ) {}

  /** What has been sent and has not been taken by the network. */
  get unsentBytes(): number {
    return this.#bytes + this.raw.writableLength
  }

  add(text: string): void {
    if (this.#texts.length === 0) setImmediate(this.flush)
    const size = Buffer.byteLength(text)
    this.#texts.push(text)
    this.#sizes.push(size)
    this.#bytes += size + headerBytes(size) + (this.side === 'client' ? maskBytes : 0)
    if (this.#bytes >= fullBytes) this.flush()
  }

  /** Resolves when the network has taken what was added last, and also when there is no connection any more. */
  taken(): Promise<void> {
    // What fills a write is written before its sender asks.
    if (this.#texts.length === 0) return this.#written?.promise ?? Promise.resolve()
    this.#taken ??= Promise.withResolvers()
    return this.#taken.promise
  }

  readonly flush = (): void => {
    const texts = this.#texts
    if (texts.length === 0) return
    const header = this.side === 'client' ? writeMaskedHeader : writeHeader
    const target = Buffer.allocUnsafe(this.#bytes)
    let at = 0
    for (const [index, text] of texts.entries()) {
      at = header(target, at, this.#sizes[index] ?? 0)
      at += target.write(text, at)
    }
    const written = (this.#written = this.#taken ?? Promise.withResolvers())
    this.#texts = []
    this.#sizes = []
    this.#bytes = 0
    this.#taken = undefined
    this.raw.write(target, () => {
      written.resolve()
      if (this.#written === written) this.#written = undefined
    })
  }
}
