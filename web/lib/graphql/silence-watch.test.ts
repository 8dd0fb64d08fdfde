import { SilenceWatch } from './silence-watch'

function watched(isHidden = false) {
  const told: string[] = []
  const at = () => Date.now() - began
  const watch = new SilenceWatch({
    ping: () => void told.push(`ping ${at()}`),
    report: (isHeard) => {
      if (!isHeard) told.push(`silent ${at()}`)
    },
    giveUp: () => void told.push(`given up ${at()}`),
    isHidden: () => isHidden,
  })
  const began = Date.now()
  watch.start()
  return { watch, told }
}

describe('a connection', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  it('that has gone silent is said to be lost within 6 s, with the calm of the banner, and given up later', () => {
    const { told } = watched()
    jest.advanceTimersByTime(20_000)
    expect(told).toEqual(['ping 2800', 'silent 4600', 'given up 7800'])
  })

  it('over which something comes is not asked', () => {
    const { watch, told } = watched()
    for (let second = 0; second < 30; second += 1) {
      jest.advanceTimersByTime(1_000)
      watch.hear()
    }
    expect(told).toEqual([])
  })

  it('that answers is asked again and again', () => {
    const { watch, told } = watched()
    jest.advanceTimersByTime(3_000)
    watch.hear()
    jest.advanceTimersByTime(3_000)
    expect(told).toEqual(['ping 2800', 'ping 5800'])
  })

  it('that answers late is heard again, and not given up', () => {
    const { watch, told } = watched()
    jest.advanceTimersByTime(7_000)
    watch.hear()
    jest.advanceTimersByTime(2_000)
    expect(told).toEqual(['ping 2800', 'silent 4600'])
  })

  it('of a page that nobody sees is asked seldom, and at once when somebody looks', () => {
    const { watch, told } = watched(true)
    jest.advanceTimersByTime(9_000)
    expect(told).toEqual([])
    // The clock goes on while a device sleeps, its timers do not.
    jest.setSystemTime(Date.now() + 8 * 3_600_000)
    watch.check()
    expect(told).toHaveLength(1)
  })

  it('that is known to be gone is not watched', () => {
    const { watch, told } = watched()
    jest.advanceTimersByTime(3_000)
    watch.stop()
    jest.advanceTimersByTime(20_000)
    watch.check()
    expect(told).toEqual(['ping 2800'])
  })
})
