import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { keepUp } from './keep-up.ts'
import type { Watched } from './keep-up.ts'

const patience = { lookEveryMs: 5, lookAgainMs: 5, answerWithinMs: 20, misses: 3, restartAfterMs: 1, provenAfterMs: 5 }

/** An engine that answers until the test makes it die or hang; `log` records what was done to it. */
class FakeEngine implements Watched {
  readonly label = 'fake'
  readonly log: string[] = []
  readonly changed = new EventTarget()
  failures = 0
  response: 'yes' | 'never' | 'no' = 'yes'
  looks = 0
  #running = new AbortController()

  hasEnded = () => this.#running.signal.aborted
  ended = () => [this.#running.signal]

  die(): void {
    this.#running.abort()
  }

  async answers(): Promise<void> {
    this.looks += 1
    this.changed.dispatchEvent(new Event('look'))
    if (this.response === 'never') await new Promise(() => undefined)
    if (this.response === 'no') throw new Error('refused')
  }

  async kill(): Promise<void> {
    this.log.push('kill')
    this.die()
  }

  async revive(): Promise<void> {
    this.log.push('revive')
    if (this.failures-- > 0) throw new Error('its port is taken')
    this.#running = new AbortController()
    this.response = 'yes'
    this.changed.dispatchEvent(new Event('revived'))
  }
}

describe('a watched engine', () => {
  let engine: FakeEngine
  let stopped: AbortController
  let keeping: Promise<void>
  const said: string[] = []

  beforeEach(() => {
    said.length = 0
    engine = new FakeEngine()
    stopped = new AbortController()
    keeping = keepUp(engine, stopped.signal, (line) => said.push(line), patience)
  })
  afterEach(async () => {
    stopped.abort()
    await keeping
  })

  it('is restarted at once when it dies, without waiting for the next check', async () => {
    stopped.abort()
    await keeping
    stopped = new AbortController()
    keeping = keepUp(engine, stopped.signal, (line) => said.push(line), { ...patience, lookEveryMs: 60_000 })
    const revived = once(engine.changed, 'revived')
    engine.die()
    await revived
    expect(engine.log).toEqual(['revive'])
    expect(said[0]).toBe('fake has stopped by itself and is started again')
  })

  it.each(['never', 'no'] as const)('is killed and restarted when it answers %s', async (answers) => {
    const revived = once(engine.changed, 'revived')
    engine.response = answers
    await revived
    expect(engine.log).toEqual(['kill', 'revive'])
    expect(said[0]).toBe('fake no longer answers and is started again')
  })

  it('is checked more often after a missed check', async () => {
    stopped.abort()
    await keeping
    stopped = new AbortController()
    const times = { ...patience, lookEveryMs: 1_000 }
    engine.response = 'no'
    const revived = once(engine.changed, 'revived')
    const begun = performance.now()
    keeping = keepUp(engine, stopped.signal, (line) => said.push(line), times)
    await revived
    expect(engine.log).toEqual(['kill', 'revive'])
    expect(performance.now() - begun).toBeLessThan(2 * times.lookEveryMs)
  })

  it('is not restarted when it misses fewer checks than allowed', async () => {
    engine.response = 'no'
    while (engine.looks < 2) await once(engine.changed, 'look')
    engine.response = 'yes'
    while (engine.looks < 6) await once(engine.changed, 'look')
    expect(engine.log).toEqual([])
  })

  it('is restarted until it starts', async () => {
    engine.failures = 3
    const revived = once(engine.changed, 'revived')
    engine.die()
    await revived
    expect(engine.log).toEqual(['revive', 'revive', 'revive', 'revive'])
    expect(said).toContain('fake could not be started: its port is taken')
  })

  it('is restarted with back-off when it dies as soon as it is ready, and at once when it dies later', async () => {
    stopped.abort()
    await keeping
    stopped = new AbortController()
    const times = { ...patience, restartAfterMs: 300, provenAfterMs: 500 }
    keeping = keepUp(engine, stopped.signal, (line) => said.push(line), times)
    const die = async () => {
      const revived = once(engine.changed, 'revived')
      const died = performance.now()
      engine.die()
      await revived
      return performance.now() - died
    }
    const [first, second, third] = [await die(), await die(), await die()]
    expect(first).toBeLessThan(300)
    expect(second).toBeGreaterThanOrEqual(295)
    expect(third).toBeGreaterThanOrEqual(595)
    await pause(times.provenAfterMs)
    expect(await die()).toBeLessThan(300)
  })
})
