import type { UserId } from '@parley/kernel/ids'
import { CatchUpPace } from './catch-up-pace'

const [ann, ben] = ['ann', 'ben'] as UserId[] as [UserId, UserId]
const weight = (page: number) => page

/** A pace whose pauses end when the test says so. */
function paceByHand() {
  const pace = new CatchUpPace()
  const pauses: { ms: number; end: () => void }[] = []
  pace.wait = (ms) => new Promise<void>((end) => void pauses.push({ ms, end }))
  return { pace, pauses }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the pace of catching up', () => {
  it('allows a first page at once, and the next after a pause in proportion to its size', async () => {
    const { pace, pauses } = paceByHand()
    expect(await pace.read(ann, () => Promise.resolve(500_000), weight)).toBe(500_000)
    let read = false
    const second = pace.read(ann, () => Promise.resolve(((read = true), 0)), weight)
    await settled()
    expect([read, pauses.map(({ ms }) => ms)]).toEqual([false, [500]])
    pauses[0]?.end()
    await second
    expect(read).toBe(true)
  })

  it('lets the streams of a user read in turn, and those of other users in parallel', async () => {
    const { pace, pauses } = paceByHand()
    const order: string[] = []
    const reading = (who: string) => () => Promise.resolve((order.push(who), 1_000))
    const first = pace.read(ann, reading('ann 1'), weight)
    const second = pace.read(ann, reading('ann 2'), weight)
    await Promise.all([first, pace.read(ben, reading('ben'), weight)])
    expect(order).toEqual(['ann 1', 'ben'])
    await settled()
    for (const { end } of pauses) end()
    await second
    expect(order).toEqual(['ann 1', 'ben', 'ann 2'])
  })

  it('adds no pause after a read that failed or was empty', async () => {
    const { pace, pauses } = paceByHand()
    await expect(pace.read(ann, () => Promise.reject(new Error('away')), weight)).rejects.toThrow('away')
    await pace.read(ann, () => Promise.resolve(0), weight)
    await pace.read(ann, () => Promise.resolve(0), weight)
    expect(pauses).toEqual([])
  })
})
