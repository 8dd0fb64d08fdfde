import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { CircuitBreaker } from './circuit-breaker'

/** A subgraph that answers probes only while `answers` is true. */
function subgraph(): { probe: (signal: AbortSignal) => Promise<unknown>; answers: boolean; probes: number } {
  return {
    answers: true,
    probes: 0,
    async probe(signal: AbortSignal) {
      this.probes += 1
      if (!this.answers) {
        await once(signal, 'abort')
        throw new Error('no answer')
      }
    },
  }
}

describe('the circuit breaker', () => {
  let changes: ((isOpen: boolean) => void)[] = []
  const nextChange = (): Promise<boolean> => new Promise((resolve) => changes.push(resolve))
  const breakerOf = (probe: (signal: AbortSignal) => Promise<unknown>): CircuitBreaker =>
    new CircuitBreaker({
      probe,
      onChange: (isOpen) => changes.splice(0).forEach((tell) => tell(isOpen)),
      suspicionMs: 5,
      probeMs: 20,
    })
  afterEach(() => (changes = []))

  test('opens when a call waits and the probe waits too, and closes when a probe is answered', async () => {
    const hanging = subgraph()
    hanging.answers = false
    const breaker = breakerOf((signal) => hanging.probe(signal))
    const opened = nextChange()
    breaker.watch()
    expect(await opened).toBe(true)
    expect(breaker.isOpen).toBe(true)
    const closed = nextChange()
    hanging.answers = true
    expect(await closed).toBe(false)
    expect(breaker.isOpen).toBe(false)
  })

  test('opens before waiting calls time out, and gives them up, but not calls that were answered', async () => {
    const hanging = subgraph()
    hanging.answers = false
    const breaker = breakerOf((signal) => hanging.probe(signal))
    const gaveUp: string[] = []
    const opened = nextChange()
    breaker.watch(() => gaveUp.push('waiting'))
    breaker.watch(() => gaveUp.push('answered'))()
    await opened
    await new Promise((resolve) => setImmediate(resolve))
    expect(gaveUp).toEqual(['waiting'])
    breaker.stop()
  })

  test('stays closed for one slow operation of a subgraph that answers', async () => {
    const slow = subgraph()
    const probed = new Promise<void>((resolve) => {
      const breaker = breakerOf(async (signal) => {
        await slow.probe(signal)
        setImmediate(() => {
          expect(breaker.isOpen).toBe(false)
          resolve()
        })
      })
      breaker.watch()
    })
    await probed
    expect(slow.probes).toBe(1)
  })

  test('stays closed for a subgraph that refuses connections: its calls fail at once by themselves', async () => {
    let isOpen: boolean | undefined
    await new Promise<void>((resolve) => {
      const breaker = breakerOf(() => {
        setImmediate(() => {
          isOpen = breaker.isOpen
          resolve()
        })
        return Promise.reject(new Error('refused'))
      })
      breaker.watch()
    })
    expect(isOpen).toBe(false)
  })

  test('stays closed for a subgraph whose answer has come while the gateway itself stood still', async () => {
    const changes: boolean[] = []
    await new Promise<void>((resolve) => {
      const standStillThenRead = async (signal: AbortSignal) => {
        const until = performance.now() + 60
        while (performance.now() < until);
        await pause(5, undefined, { signal }).finally(() => setImmediate(resolve))
      }
      const onChange = (isOpen: boolean) => void changes.push(isOpen)
      new CircuitBreaker({ probe: standStillThenRead, onChange, suspicionMs: 5, probeMs: 30 }).watch()
    })
    expect(changes).toEqual([])
  })

  test('does not probe for a call that is answered in time', async () => {
    const quick = subgraph()
    const breaker = breakerOf((signal) => quick.probe(signal))
    breaker.watch()()
    const other = breaker.watch()
    await new Promise((resolve) => setImmediate(resolve))
    other()
    expect(quick.probes).toBe(0)
  })
})
