import fc from 'fast-check'
import { clientFrame, FrameReader, opcodes } from './frames.ts'

const serverFrame = (payload: Buffer): Buffer => {
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload])
  if (payload.length < 65_536) {
    return Buffer.concat([Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]), payload])
  }
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(payload.length))
  return Buffer.concat([Buffer.from([0x81, 127]), length, payload])
}

describe('the frames of a cheap client', () => {
  it('finds each frame, wherever the connection cuts the bytes', () => {
    const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(65_535, 65_536, 70_000))
    fc.assert(
      fc.property(fc.array(lengths, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (sizes, cuts) => {
        const payloads = sizes.map((size, index) => Buffer.alloc(size, 97 + index))
        const bytes = Buffer.concat(payloads.map(serverFrame))
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
        const reader = new FrameReader()
        const found: string[] = []
        for (const [index, place] of places.entries()) {
          const chunk = bytes.subarray(places[index - 1] ?? 0, place)
          if (chunk.length > 0) reader.read(chunk, ({ payload }) => found.push(payload.toString()))
        }
        expect(found).toEqual(payloads.map(String))
      }),
      { seed: 10, numRuns: 300 },
    )
  })

  it('sends what a server can read: masked, short and long', () => {
    expect(clientFrame('hi')).toEqual(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 104, 105]))
    expect(clientFrame('x'.repeat(300)).subarray(0, 8)).toEqual(Buffer.from([0x81, 0xfe, 1, 44, 0, 0, 0, 0]))
    expect(clientFrame('', opcodes.pong)).toEqual(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]))
  })
})
