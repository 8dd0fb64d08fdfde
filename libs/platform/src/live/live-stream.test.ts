import { DomainError } from '@parley/kernel/errors'
import { type LiveSource, LiveStream, type LiveStreamOptions, LiveStreams } from './live-stream'

type Frame = number | 'alive'

/** Sends the numbers that the test gives it. */
class Numbers implements LiveSource<Frame> {
  readonly waiting: number[] = []
  isOver = false
  closed = 0
  take: () => Promise<Frame | null> = () => Promise.resolve(this.waiting.shift() ?? null)
  heartbeat = () => Promise.resolve('alive' as const)
  #wake: () => void = () => undefined

  open(wake: () => void): void {
    this.#wake = wake
  }

  add(...numbers: number[]): void {
    this.waiting.push(...numbers)
    this.#wake()
  }

  close(): void {
    this.closed += 1
  }
}

const inAnHour = () => Date.now() / 1_000 + 3_600

function streamOf(source: Numbers, options: Partial<LiveStreamOptions> = {}) {
  const allowed = () => Promise.resolve()
  return new LiveStream(source, { heartbeatMs: 60_000, expiresAt: inAnHour(), assertAllowed: allowed, ...options })
}

async function valueOf(stream: LiveStream<Frame>): Promise<Frame> {
  const result = await stream.next()
  if (result.done === true) throw new Error('The stream has ended')
  return result.value
}

const over = { done: true, value: undefined }

describe('LiveStream', () => {
  it('sends a first frame at once, waits, and sends a frame after a wake', async () => {
    const source = new Numbers()
    const stream = streamOf(source)
    expect(await valueOf(stream)).toBe('alive')
    const next = valueOf(stream)
    source.add(1, 2)
    expect([await next, await valueOf(stream)]).toEqual([1, 2])
    await stream.return()
  })

  it('misses no wake that comes while the source is being read', async () => {
    const source = new Numbers()
    const stream = streamOf(source)
    await valueOf(stream)
    source.take = () => {
      source.take = () => Promise.resolve(source.waiting.shift() ?? null)
      source.add(1)
      return Promise.resolve(null)
    }
    expect(await valueOf(stream)).toBe(1)
    await stream.return()
  })

  it('sends heartbeats when nothing happens, also after a wake without a change', async () => {
    const source = new Numbers()
    const stream = streamOf(source, { heartbeatMs: 40 })
    await valueOf(stream)
    const from = performance.now()
    const idle = setInterval(() => source.add(), 10)
    expect(await valueOf(stream)).toBe('alive')
    clearInterval(idle)
    expect(performance.now() - from).toBeGreaterThanOrEqual(35)
    await stream.return()
  })

  it('ends a waiting next() on return, and closes its source once', async () => {
    const source = new Numbers()
    const stream = streamOf(source)
    await valueOf(stream)
    const waiting = stream.next()
    await stream.return()
    expect(await waiting).toEqual(over)
    expect(await stream.next()).toEqual(over)
    await stream.return()
    expect(source.closed).toBe(1)
  })

  it('sends neither a frame nor an error to a subscriber that left during a read', async () => {
    for (const outcome of [() => Promise.resolve(1), () => Promise.reject(new Error('The engine is away'))]) {
      const source = new Numbers()
      const stream = streamOf(source)
      source.take = async () => {
        await stream.return()
        return outcome()
      }
      expect(await stream.next()).toEqual(over)
    }
  })

  it('throws the error of the source once, and ends', async () => {
    const source = new Numbers()
    const stream = streamOf(source)
    const failure = new Error('The engine is away')
    source.take = () => Promise.reject(failure)
    await expect(stream.next()).rejects.toBe(failure)
    expect(await stream.next()).toEqual(over)
    expect(source.closed).toBe(1)
  })

  it('ends after the last frame that the viewer may see', async () => {
    const source = new Numbers()
    const stream = streamOf(source)
    source.add(1, 2)
    source.isOver = true
    expect(await valueOf(stream)).toBe(1)
    expect(source.closed).toBe(1)
    expect(await stream.next()).toEqual(over)
  })

  it('re-authorises once per heartbeat, on a busy stream too', async () => {
    const source = new Numbers()
    const refusal = new DomainError('state', 'NOT_FOUND', 'Gone.')
    let asked = 0
    const assertAllowed = () => ((asked += 1) < 3 ? Promise.resolve() : Promise.reject(refusal))
    const stream = streamOf(source, { heartbeatMs: 50, assertAllowed })
    const from = performance.now()
    await expect(
      (async () => {
        for (let number = 0; ; number += 1) {
          source.add(number)
          await valueOf(stream)
          await new Promise(setImmediate)
        }
      })(),
    ).rejects.toBe(refusal)
    expect(performance.now() - from).toBeGreaterThanOrEqual(3 * 50)
    expect(source.closed).toBe(1)
  })

  it('ends when its token expires, even while it waits for an event', async () => {
    const source = new Numbers()
    const stream = streamOf(source, { expiresAt: (Date.now() + 50) / 1_000 })
    await valueOf(stream)
    await expect(stream.next()).rejects.toMatchObject({ category: 'auth', code: 'UNAUTHENTICATED' })
  })

  it('keeps a pause between two frames, and ends it on return', async () => {
    const source = new Numbers()
    const stream = streamOf(source, { pauseMs: 40 })
    source.add(1, 2, 3)
    await valueOf(stream)
    const from = performance.now()
    const next = valueOf(stream)
    source.add(4)
    expect(await next).toBe(2)
    expect(performance.now() - from).toBeGreaterThanOrEqual(35)
    const waiting = stream.next()
    await stream.return()
    expect(await waiting).toEqual(over)
  })
})

describe('LiveStreams', () => {
  it('ends open streams when the service stops', async () => {
    const streams = new LiveStreams()
    const source = new Numbers()
    const options = { heartbeatMs: 60_000, expiresAt: inAnHour(), assertAllowed: () => Promise.resolve() }
    const stream = streams.open(source, options)
    await valueOf(stream)
    const waiting = stream.next()
    await streams.onModuleDestroy()
    expect(await waiting).toEqual(over)
    expect(source.closed).toBe(1)
  })
})
