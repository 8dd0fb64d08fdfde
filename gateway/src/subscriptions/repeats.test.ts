import { Repeats } from './repeats'

describe('Repeats', () => {
  it('are few for each position, and end for frames that fail together', () => {
    const repeats = new Repeats()
    expect([1, 1, 1, 1].map((position) => repeats.take(position))).toEqual([true, true, false, false])
    expect([2, 3].map((position) => repeats.take(position))).toEqual([true, true])
    expect([2, 3, 2, 3].map((position) => repeats.take(position))).toEqual([true, false, false, false])
  })
})
