const textFrame = 0x81

/** The length of the header of a text frame from a server (RFC 6455, 5.2). */
export const headerBytes = (size: number): number => (size < 126 ? 2 : size < 65_536 ? 4 : 10)

/** Writes the header of an unfragmented text frame and returns where its content begins. */
export function writeHeader(target: Uint8Array, at: number, size: number): number {
  target[at] = textFrame
  if (size < 126) {
    target[at + 1] = size
    return at + 2
  }
  if (size < 65_536) {
    target[at + 1] = 126
    target[at + 2] = size >>> 8
    target[at + 3] = size & 0xff
    return at + 4
  }
  target[at + 1] = 127
  // A buffer of 2^32 bytes does not exist here: the upper half is zero.
  target.fill(0, at + 2, at + 6)
  target[at + 6] = size >>> 24
  target[at + 7] = (size >>> 16) & 0xff
  target[at + 8] = (size >>> 8) & 0xff
  target[at + 9] = size & 0xff
  return at + 10
}

/**
 * The same from a client. The mask is of zeros: a mask protects caches of proxies from the scripts of web pages, and
 * between two servers there is neither.
 */
export function writeMaskedHeader(target: Uint8Array, at: number, size: number): number {
  const mask = writeHeader(target, at, size)
  target[at + 1] = (target[at + 1] ?? 0) | 0x80
  target.fill(0, mask, mask + 4)
  return mask + 4
}
