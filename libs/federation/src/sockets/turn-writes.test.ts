import { PassThrough, Writable } from 'node:stream'
import fc from 'fast-check'
import * as ws from 'ws'
import { TurnWrites } from './turn-writes'

/** The types leave it out. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => NodeJS.ReadWriteStream }

type Side = 'client' | 'server'

/** What a peer reads, and in how many writes it came. */
function peerOf(side: Side) {
  const raw = new PassThrough({ highWaterMark: 8 * 1024 * 1024 })
  const receiver = new Receiver({
    isServer: side === 'client',
    allowSynchronousEvents: true,
  })
  const read: string[] = []
  receiver.on('message', (data: Buffer) => read.push(data.toString()))
  let count = 0
  raw.on('data', (chunk: Buffer) => {
    count += 1
    receiver.write(chunk)
  })
  return { raw, read, writes: () => count }
}

const aTurn = () => new Promise((resolve) => setImmediate(resolve))

describe.each<Side>(['client', 'server'])('messages of a %s', (side) => {
  it('arrive as they were added, whatever their length and letters', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 100, max: 70_000 }).map((length) => 'é'.repeat(length / 2) + 'x'.repeat(length / 2)),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 12 }), async (texts) => {
        const { raw, read } = peerOf(side)
        const writes = new TurnWrites(raw, side)
        for (const each of texts) writes.add(each)
        await writes.taken()
        await aTurn()
        await aTurn()
        expect(read).toEqual(texts.map((each) => each.toWellFormed()))
      }),
      { seed: 20_261_129, numRuns: 60 },
    )
  })

  it('of one turn are one write, and those of the next another', async () => {
    const { raw, read, writes } = peerOf(side)
    const joined = new TurnWrites(raw, side)
    for (const each of ['one', 'two', 'three']) joined.add(each)
    await aTurn()
    joined.add('four')
    await aTurn()
    await aTurn()
    expect({ read, writes: writes() }).toEqual({ read: ['one', 'two', 'three', 'four'], writes: 2 })
  })
})

it('is written before the end of a turn that has more than one write should hold', () => {
  const { raw, writes } = peerOf('server')
  const joined = new TurnWrites(raw, 'server')
  for (let count = 0; count < 7; count += 1) joined.add('x'.repeat(20_000))
  expect(joined.unsentBytes).toBeLessThan(64 * 1024)
  joined.flush()
  expect(writes()).toBeLessThanOrEqual(2)
})

it.each([
  ['that waits for the end of the turn', 1_000, 4],
  ['that fills a write of its own', 70_000, 10],
])('waits until the network has taken everything: a message %s', async (_what, length, header) => {
  let take: () => void = () => undefined
  const raw = new Writable({ write: (_chunk, _encoding, done) => void (take = done) })
  const joined = new TurnWrites(raw, 'server')
  joined.add('x'.repeat(length))
  const taken = jest.fn()
  const all = joined.taken().then(taken)
  await aTurn()
  expect([joined.unsentBytes, taken.mock.calls.length]).toEqual([length + header, 0])
  take()
  await all
  expect([joined.unsentBytes, taken.mock.calls.length]).toEqual([0, 1])
  await joined.taken()
})

it('does not wait for a connection that is gone', async () => {
  const raw = new PassThrough()
  raw.on('error', () => undefined)
  const joined = new TurnWrites(raw, 'server')
  joined.add('x')
  raw.destroy()
  await expect(joined.taken()).resolves.toBeUndefined()
})
