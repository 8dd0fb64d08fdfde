import { EncodedResult } from '../operation-sink'
import { Ring, RingBudget, type Step } from './ring'

const step = (from: number, bytes = 100): Step => ({
  from,
  position: from + 1,
  result: new EncodedResult(JSON.stringify('x'.repeat(bytes))),
  endsFor: [],
  isWhole: true,
})

const limits = { frames: 4, bytes: 10_000 }

describe('Ring', () => {
  it('keeps the last steps, and serves from where one begins', () => {
    const ring = new Ring(limits, new RingBudget(100_000))
    for (let from = 0; from < 6; from++) ring.push(step(from))
    expect(ring.after(3)?.map(({ from }) => from)).toEqual([3, 4, 5])
    expect([ring.after(1), ring.after(6)]).toEqual([null, null])
  })

  it('is bounded in bytes, also by a step that is larger than all of it', () => {
    const budget = new RingBudget(100_000)
    const ring = new Ring(limits, budget)
    ring.push(step(0, 6_000))
    ring.push(step(1, 6_000))
    expect(ring.length).toBe(1)
    ring.push(step(2, 20_000))
    expect([ring.length, budget.bytes]).toEqual([0, 0])
  })

  it('gives way to other rings, the oldest step of all first', () => {
    const budget = new RingBudget(2_000)
    const [one, other] = [new Ring(limits, budget), new Ring(limits, budget)]
    for (let from = 0; from < 3; from++) one.push(step(from, 400))
    for (let from = 0; from < 2; from++) other.push(step(from, 400))
    expect(budget.bytes).toBeLessThanOrEqual(2_000)
    expect(one.after(0)).toBeNull()
    expect(other.after(0)).toHaveLength(2)
    other.clear()
    one.clear()
    expect(budget.bytes).toBe(0)
  })
})
