import { Keeper } from './keeper'

const keeping = () => {
  let kept = 0
  const keeper = new Keeper({ keep: () => (kept += 1), waitMs: 1_000 })
  return { keeper, kept: () => kept }
}

describe('what is kept on the device', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('is written once for many changes, some time after the first', () => {
    const { keeper, kept } = keeping()
    keeper.note()
    jest.advanceTimersByTime(900)
    keeper.note()
    expect(kept()).toBe(0)
    jest.advanceTimersByTime(100)
    expect(kept()).toBe(1)
    jest.advanceTimersByTime(5_000)
    expect(kept()).toBe(1)
    keeper.note()
    jest.advanceTimersByTime(1_000)
    expect(kept()).toBe(2)
  })

  it('is written at once when the page may go, unless nothing has changed', () => {
    const { keeper, kept } = keeping()
    keeper.flush()
    expect(kept()).toBe(0)
    keeper.note()
    keeper.flush()
    jest.advanceTimersByTime(5_000)
    expect(kept()).toBe(1)
  })

  it('is not written after it was forgotten', () => {
    const { keeper, kept } = keeping()
    keeper.note()
    keeper.drop()
    jest.advanceTimersByTime(5_000)
    keeper.flush()
    expect(kept()).toBe(0)
  })
})
