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
    for (const [index, outbox] of outboxes.entries()) outbox.addResult(result, `id-${index}`)
  }
  await turn()
  for (const [index, socket] of sockets.entries()) {
    expect(socket.chunks).toHaveLength(1)
    expect(socket.text.map((text): unknown => JSON.parse(text))).toEqual(
      [1, 2, 3].map((n) => ({ type: 'next', payload: { data: { n } }, id: `id-${index}` })),
    )
  }
})

test('results that are sent together are one write for each socket', async () => {
  const writes = new JoinedWrites()
  const sockets = Array.from({ length: 200 }, () => new FakeSocket())
  const results = [1, 2, 3].map((n) => EncodedResult.of({ data: { n } }))
  for (const [index, socket] of sockets.entries())
    new Outbox(socket, writes).addResult(EncodedResult.together(results), `id-${index}`)
  await turn()
  for (const [index, socket] of sockets.entries()) {
    expect(socket.chunks).toHaveLength(1)
    expect(socket.text.map((text): unknown => JSON.parse(text))).toEqual(
      [1, 2, 3].map((n) => ({ type: 'next', payload: { data: { n } }, id: `id-${index}` })),
    )
  }
})

test(`messages of any length arrive whole and in order, however slow the readers (seed ${seed})`, async () => {
  const who = fc.nat({ max: 2 })
  const length = fc.constantFrom(0, 90, 125, 126, 500, 20_000, 65_500, 65_536, 200_000)
  /** Most ids have one length, as those of real clients. */
  const ids = fc.array(fc.oneof(fc.string(), fc.constantFrom('1', '2', '3')), { minLength: 3, maxLength: 3 })
  const result = fc.record({ lengths: fc.array(length, { minLength: 1, maxLength: 3 }), ids })
  const step = fc.oneof(
    { weight: 4, arbitrary: result },
    { weight: 1, arbitrary: fc.record({ who, message: length }) },
    { weight: 1, arbitrary: fc.constant('turn' as const) },
    { weight: 3, arbitrary: fc.record({ who, is: fc.constantFrom('slow', 'quick', 'taking') }) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const writes = new JoinedWrites()
      const readers = [0, 1, 2].map(() => {
        const socket = new FakeSocket()
        return { socket, outbox: new Outbox(socket, writes), sent: [] as unknown[] }
      })
      for (const each of steps) {
        if (each === 'turn') await turn()
        else if ('lengths' in each) {
          const payloads = each.lengths.map((size) => ({ data: { text: 'ä'.repeat(size / 2) } }))
          const together = EncodedResult.together(payloads.map((payload) => EncodedResult.of(payload)))
          for (const [index, { outbox, sent }] of readers.entries()) {
            const id = each.ids[index] ?? ''
            sent.push(...payloads.map((payload) => ({ type: 'next', payload, id })))
            outbox.addResult(together, escapedId(id))
          }
        } else if ('message' in each) {
          const message = { type: 'x'.repeat(each.message) }
          readers[each.who]?.sent.push(message)
          readers[each.who]?.outbox.add(Buffer.from(JSON.stringify(message)))
        } else if (each.is === 'taking') readers[each.who]?.socket.take()
        else readers.forEach(({ socket }, index) => (socket.isSlow = index === each.who && each.is === 'slow'))
      }
      for (const { socket, outbox, sent } of readers) {
        socket.isSlow = false
        for (let left = 0; left < 500 && outbox.unsentBytes > 0; left++) {
          socket.take()
          await turn()
        }
        expect(outbox.unsentBytes).toBe(0)
        expect(socket.text.map((text): unknown => JSON.parse(text))).toEqual(sent)
      }
    }),
    { seed, numRuns: 150 },
  )
}, 60_000)
