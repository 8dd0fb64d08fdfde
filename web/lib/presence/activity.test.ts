import { Activity, hiddenMs, idleMs } from './activity'

/** The parts of a window that tell of input. */
function fakeWindow() {
  const target = new EventTarget()
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  Object.assign(globalThis, { window: target, document: page })
  return {
    input: (kind = 'keydown') => target.dispatchEvent(new Event(kind)),
    show: (visibilityState: DocumentVisibilityState) => {
      page.visibilityState = visibilityState
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

describe('whether a device is in use', () => {
  let screen: ReturnType<typeof fakeWindow>
  let activity: Activity
  let stop: () => void

  beforeEach(() => {
    jest.useFakeTimers()
    screen = fakeWindow()
    activity = new Activity()
    stop = activity.start()
  })
  afterEach(() => {
    stop()
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
    Reflect.deleteProperty(globalThis, 'window')
    Reflect.deleteProperty(globalThis, 'document')
  })

  it('is idle after five minutes without input, and in use with the next one', () => {
    jest.advanceTimersByTime(idleMs - 1_000)
    screen.input()
    jest.advanceTimersByTime(idleMs - 1_000)
    expect(activity.get()).toBe(true)
    jest.advanceTimersByTime(1_000)
    expect(activity.get()).toBe(false)
    screen.input('pointermove')
    expect(activity.get()).toBe(true)
  })

  it('is idle when its window is hidden for long, and not by a short look elsewhere', () => {
    screen.show('hidden')
    jest.advanceTimersByTime(hiddenMs - 1)
    screen.show('visible')
    jest.advanceTimersByTime(hiddenMs)
    expect(activity.get()).toBe(true)
    screen.show('hidden')
    jest.advanceTimersByTime(hiddenMs)
    expect(activity.get()).toBe(false)
    screen.input()
    expect(activity.get()).toBe(false)
    screen.show('visible')
    expect(activity.get()).toBe(true)
  })
})
