import { Writable } from 'node:stream'
import fc from 'fast-check'
import { EncodedResult } from '../operation-sink'
import { JoinedWrites, Outbox } from './joined-writes'
import { escapedId } from './messages'

const seed = 20_261_128

/** A socket that takes what is written at once, or only when it is told to. */
class FakeSocket extends Writable {
  readonly chunks: Buffer[] = []
  isSlow = false
  #take: (() => void) | undefined

  constructor() {
    super({ highWaterMark: 64 * 1024 })
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    // Copied, as a kernel does: the buffer is used again.
    this.chunks.push(Buffer.from(chunk))
    if (this.isSlow) this.#take = done
    else done()
  }

  take(): void {
    const done = this.#take
    this.#take = undefined
    done?.()
  }

  get text(): string[] {
    return textsIn(Buffer.concat(this.chunks))
  }
}

/** The texts of unmasked, unfragmented text frames. */
function textsIn(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length;) {
    expect(bytes[at]).toBe(0x81)
    const short = bytes[at + 1] ?? 0
    const [length, header] =
      short < 126 ? [short, 2] : short === 126 ? [bytes.readUInt16BE(at + 2), 4] : [bytes.readUIntBE(at + 4, 6), 10]
    texts.push(bytes.toString('utf8', at + header, at + header + length))
    at += header + length
  }
  return texts
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('the messages of a turn are one write for each socket', async () => {
  const writes = new JoinedWrites()
  const sockets = [new FakeSocket(), new FakeSocket()]
  const outboxes = sockets.map((socket) => new Outbox(socket, writes))
  for (const n of [1, 2, 3]) {
    const result = EncodedResult.of({ data: { n } })
    for (const [index, outbox] of outboxes.entries()) outbox.add(result.front, `id-${index}`)
  }
  await turn()
  for (const [index, socket] of sockets.entries()) {
    expect(socket.chunks).toHaveLength(1)
    expect(socket.text.map((text): unknown => JSON.parse(text))).toEqual(
      [1, 2, 3].map((n) => ({ type: 'next', payload: { data: { n } }, id: `id-${index}` })),
    )
  }
})

test(`messages of any length arrive whole and in order, however slow the reader (seed ${seed})`, async () => {
  const message = fc.record({
    length: fc.constantFrom(0, 90, 125, 126, 500, 20_000, 65_500, 65_536, 200_000),
    id: fc.string(),
  })
  const step = fc.oneof(message, fc.constantFrom('turn', 'slow', 'quick', 'take' as const))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const writes = new JoinedWrites()
      const socket = new FakeSocket()
      const outbox = new Outbox(socket, writes)
      const sent: unknown[] = []
      for (const each of steps) {
        if (typeof each === 'object') {
          const payload = { data: { text: 'ä'.repeat(each.length / 2) } }
          sent.push({ type: 'next', payload, id: each.id })
          outbox.add(EncodedResult.of(payload).front, escapedId(each.id))
        } else if (each === 'turn') await turn()
        else if (each === 'take') socket.take()
        else socket.isSlow = each === 'slow'
      }
      socket.isSlow = false
      for (let left = 0; left < 200 && outbox.unsentBytes > 0; left++) {
        socket.take()
        await turn()
      }
      expect(outbox.unsentBytes).toBe(0)
      expect(socket.text.map((text): unknown => JSON.parse(text))).toEqual(sent)
    }),
    { seed, numRuns: 200 },
  )
})
