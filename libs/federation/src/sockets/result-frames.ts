import type { EncodedResult } from '../operation-sink'
import { headerBytes, writeHeader } from './frames'

const nothing = Buffer.alloc(0)
/** What follows the id in a message: a quote and a brace. */
const tailBytes = 2

/** The length of a message: its front and, for a result, the id and the end. */
export const sizeOf = (front: Buffer, id: string | undefined): number =>
  front.length + (id === undefined ? 0 : id.length + tailBytes)

/** Writes a message with its header and returns where the next one begins. The id is ASCII, escaped as in JSON. */
export function writeFrame(target: Buffer, start: number, front: Buffer, id: string | undefined): number {
  let at = writeHeader(target, start, sizeOf(front, id))
  target.set(front, at)
  at += front.length
  if (id === undefined) return at
  writeAscii(target, at, id)
  at += id.length
  target[at] = 0x22 // "
  target[at + 1] = 0x7d // }
  return at + tailBytes
}

function writeAscii(target: Buffer, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) target[at + index] = text.charCodeAt(index)
}

/**
 * The frames of one result for its subscribers, one after the other. They differ in the id at most, so they are built
 * once, and after that only the ids are changed.
 */
export class ResultFrames {
  #result: EncodedResult | undefined
  #id = ''
  #bytes = nothing
  #ids: number[] = []
  #isKept = false

  /** The length of the frames of a result for such an id. */
  static lengthOf({ fronts, size }: EncodedResult, id: string): number {
    let length = size + fronts.length * (id.length + tailBytes)
    for (const front of fronts) length += headerBytes(sizeOf(front, id))
    return length
  }

  /** The bytes are valid until the next call, unless they are kept. */
  for(result: EncodedResult, id: string): Buffer {
    if (result !== this.#result || id.length !== this.#id.length || (this.#isKept && id !== this.#id))
      this.#build(result, id)
    else if (id !== this.#id) {
      const first = this.#ids[0] ?? 0
      writeAscii(this.#bytes, first, id)
      for (const at of this.#ids) if (at !== first) this.#bytes.copyWithin(at, first, first + id.length)
      this.#id = id
    }
    return this.#bytes
  }

  /** A slow reader has the bytes: they must not be changed. */
  keep(): void {
    this.#isKept = true
  }

  forget(): void {
    this.#result = undefined
    this.#bytes = nothing
  }

  #build(result: EncodedResult, id: string): void {
    this.#bytes = Buffer.allocUnsafeSlow(ResultFrames.lengthOf(result, id))
    this.#result = result
    this.#id = id
    this.#ids = []
    this.#isKept = false
    let at = 0
    for (const front of result.fronts) {
      at = writeFrame(this.#bytes, at, front, id)
      this.#ids.push(at - tailBytes - id.length)
    }
  }
}
