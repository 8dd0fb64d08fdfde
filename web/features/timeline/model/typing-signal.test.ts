import { TypingSignal } from './typing-signal'

describe('a typing signal', () => {
  let told: [at: number, isTyping: boolean][]
  let now: number
  let signal: TypingSignal
  beforeEach(() => {
    told = []
    now = 0
    signal = new TypingSignal(
      (isTyping) => told.push([now, isTyping]),
      () => now,
    )
  })
  const typeUntil = (end: number) => {
    for (; now < end; now += 100) signal.changed('text')
  }

  it('is told once in 3 s while one types, and not when one pauses', () => {
    typeUntil(7_000)
    now += 60_000
    expect(told).toEqual([
      [0, true],
      [3_000, true],
      [6_000, true],
    ])
  })

  it('ends once, by sending, leaving or clearing', () => {
    signal.stop()
    signal.changed('text')
    signal.changed('')
    signal.stop()
    expect(told).toEqual([
      [0, true],
      [0, false],
    ])
  })

  it('says nothing of white space', () => {
    signal.changed('  \n')
    expect(told).toEqual([])
  })

  it('is not told again at once after an end', () => {
    signal.changed('text')
    signal.stop()
    typeUntil(2_900)
    expect(told).toHaveLength(2)
    typeUntil(3_100)
    expect(told).toHaveLength(3)
  })
})
