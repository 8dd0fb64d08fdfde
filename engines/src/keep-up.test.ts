import { once } from 'node:events'
import { keepUp } from './keep-up.ts'
import type { Watched } from './keep-up.ts'

const patience = { lookEveryMs: 5, answerWithinMs: 20, misses: 3, restartAfterMs: 1 }

/** An engine that answers, until it is told to die or to hang; what was done to it stands in `log`. */
class FakeEngine implements Watched {
  readonly label = 'fake'
  readonly log: string[] = []
  readonly changed = new EventTarget()
  failures = 0
  answers: 'yes' | 'never' | 'no' = 'yes'
  looks = 0
  #running = new AbortController()

  hasEnded = () => this.#running.signal.aborted
  ended = () => [this.#running.signal]

  die(): void {
    this.#running.abort()
  }

  async ready(): Promise<void> {
    this.looks += 1
    this.changed.dispatchEvent(new Event('look'))
    if (this.answers === 'never') await new Promise(() => undefined)
    if (this.answers === 'no') throw new Error('refused')
  }

  async kill(): Promise<void> {
    this.log.push('kill')
    this.die()
  }

  async revive(): Promise<void> {
    this.log.push('revive')
    if (this.failures-- > 0) throw new Error('its port is taken')
    this.#running = new AbortController()
    this.answers = 'yes'
    this.changed.dispatchEvent(new Event('revived'))
  }
}

describe('an engine that is kept up', () => {
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

  it('is started again when it has died, though a look was far off', async () => {
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

  it.each(['never', 'no'] as const)('is killed and started again when it answers %s', async (answers) => {
    const revived = once(engine.changed, 'revived')
    engine.answers = answers
    await revived
    expect(engine.log).toEqual(['kill', 'revive'])
    expect(said[0]).toBe('fake no longer answers and is started again')
  })

  it('is left alone when it misses fewer looks than it may', async () => {
    engine.answers = 'no'
    while (engine.looks < 2) await once(engine.changed, 'look')
    engine.answers = 'yes'
    while (engine.looks < 6) await once(engine.changed, 'look')
    expect(engine.log).toEqual([])
  })

  it('is tried again until it starts', async () => {
    engine.failures = 3
    const revived = once(engine.changed, 'revived')
    engine.die()
    await revived
    expect(engine.log).toEqual(['revive', 'revive', 'revive', 'revive'])
    expect(said).toContain('fake could not be started: its port is taken')
  })
})
