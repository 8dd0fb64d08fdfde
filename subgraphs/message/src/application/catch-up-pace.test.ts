import type { UserId } from '@parley/kernel/ids'
import { CatchUpPace } from './catch-up-pace'

const [ann, ben] = ['ann', 'ben'] as UserId[] as [UserId, UserId]

function paceAt(clock: { now: number }) {
  const pace = new CatchUpPace()
  const waits: number[] = []
  pace.now = () => clock.now
  pace.wait = (ms) => {
    waits.push(Math.round(ms))
    return Promise.resolve()
  }
  return { pace, waits }
}

describe('the pace of catching up', () => {
  it('lets half a million characters pass at once, and then a million a second', async () => {
    const { pace, waits } = paceAt({ now: 10_000 })
    await pace.take(ann, 500_000)
    expect(waits).toEqual([])
    await pace.take(ann, 100_000)
    await pace.take(ann, 100_000)
    expect(waits).toEqual([100, 200])
  })

  it('is one for all streams of a person, and nobody else’s', async () => {
    const { pace, waits } = paceAt({ now: 10_000 })
    await Promise.all(Array.from({ length: 10 }, () => pace.take(ann, 100_000)))
    await pace.take(ben, 100_000)
    expect(waits).toEqual([100, 200, 300, 400, 500])
  })

  it('is forgiven with time, and not saved up beyond the half million', async () => {
    const clock = { now: 10_000 }
    const { pace, waits } = paceAt(clock)
    await pace.take(ann, 500_000)
    clock.now += 3_600_000
    await pace.take(ann, 500_000)
    expect(waits).toEqual([])
    await pace.take(ann, 1_000)
    expect(waits).toEqual([1])
  })
})
