import { Wakeup } from './wakeup'

describe('Wakeup', () => {
  it('ends a pause and the loop when it is stopped, and not when it is rung', async () => {
    const wakeup = new Wakeup()
    let steps = 0
    const { promise: pausing, resolve: isPausing } = Promise.withResolvers()
    const running = wakeup.loop(3_600_000, async () => {
      steps += 1
      isPausing(true)
      await wakeup.pause(3_600_000)
    })
    await pausing
    wakeup.ring()
    const turn = new Promise((resolve) => setImmediate(() => resolve('still pausing')))
    const first = await Promise.race([running, turn])
    wakeup.stop()
    expect(first).toBe('still pausing')
    await running
    expect(steps).toBe(1)
  })

  it('does not pause once it is stopped', async () => {
    const wakeup = new Wakeup()
    wakeup.stop()
    await wakeup.pause(3_600_000)
    expect(wakeup.stopped).toBe(true)
  })
})
