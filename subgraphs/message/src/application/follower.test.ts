import fc from 'fast-check'
import { DomainError } from '@parley/kernel/errors'
import { entry } from '../testing/entries'
import type { TimelineEvent } from '../domain/timeline-event'
import { Follower, type FollowerOptions, type TimelineFrame } from './follower'

const event = (seq: number): TimelineEvent => ({ ...entry(), seq })
const events = (count: number): TimelineEvent[] => Array.from({ length: count }, (_, index) => event(index + 1))

function follow(log: readonly TimelineEvent[], options: Partial<FollowerOptions> = {}): Follower {
  return new Follower({
    after: 0,
    read: (after, limit) => Promise.resolve(log.filter(({ seq }) => seq > after && seq <= after + limit)),
    knownHead: () => log.at(-1)?.seq ?? 0,
    isLast: () => false,
    assertAllowed: () => Promise.resolve(),
    heartbeatMs: 60_000,
    pace: (read) => read(),
    onClose: () => undefined,
    ...options,
  })
}

async function nextFrame(follower: Follower): Promise<TimelineFrame> {
  const result = await follower.next()
  if (result.done === true) throw new Error('The stream ended')
  return result.value
}

async function seqsUntil(follower: Follower, last: number): Promise<number[]> {
  const seqs: number[] = []
  while ((seqs.at(-1) ?? 0) < last) seqs.push(...(await nextFrame(follower)).events.map(({ seq }) => seq))
  return seqs
}

describe('Follower', () => {
  it('brings every event once and in order, whatever the hints do', async () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.nat({ max: 60 }), arrivals, async (after, before, hints) => {
        const total = 60
        const log = events(Math.max(after, before))
        const follower = follow(log, { after })
        const consumed = seqsUntil(follower, total)
        for (const seq of hints) {
          while (log.length < seq) log.push(event(log.length + 1))
          follower.push(event(seq))
          if (seq % 3 === 0) await Promise.resolve()
        }
        while (log.length < total) log.push(event(log.length + 1))
        follower.push(event(total))
        expect(await consumed).toEqual(Array.from({ length: total - after }, (_, index) => after + 1 + index))
        await follower.return()
      }),
      { numRuns: 200 },
    )
  })

  it('asks how fast it may bring what was missed, and not what comes live', async () => {
    const weights: number[] = []
    const follower = follow(events(3), {
      pace: async (read, weightOf) => {
        const page = await read()
        weights.push(weightOf(page))
        return page
      },
    })
    await seqsUntil(follower, 3)
    follower.push(event(4))
    await seqsUntil(follower, 4)
    expect(weights).toEqual([expect.any(Number)])
    expect(weights[0]).toBeGreaterThan(0)
    await follower.return()
  })

  it('answers at once, even when there is nothing yet', async () => {
    expect(await nextFrame(follow([]))).toEqual({ events: [], headSeq: 0 })
  })

  it('sends a sign of life when nothing happens', async () => {
    const follower = follow(events(2), { after: 2, heartbeatMs: 5 })
    await nextFrame(follower)
    expect(await nextFrame(follower)).toEqual({ events: [], headSeq: 2 })
  })

  it('says in its sign of life that there is more than it brought', async () => {
    const follower = follow(events(2), { after: 2, heartbeatMs: 5, knownHead: () => 7 })
    await nextFrame(follower)
    expect((await nextFrame(follower)).headSeq).toBe(7)
  })

  it('brings with its sign of life what no hint has told', async () => {
    const log = events(2)
    const follower = follow(log, { after: 2, heartbeatMs: 5 })
    await nextFrame(follower)
    log.push(event(3))
    expect(await seqsUntil(follower, 3)).toEqual([3])
  })

  it('shows the event that ends a membership and nothing after it', async () => {
    const follower = follow(events(5), { isLast: ({ seq }) => seq === 3 })
    expect((await nextFrame(follower)).events.map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(await follower.next()).toEqual({ done: true, value: undefined })
  })

  it('fails once, and is over, when the viewer may follow no more', async () => {
    let closed = 0
    const refusal = new DomainError('auth', 'UNAUTHENTICATED', 'Your sign-in has run out.')
    const follower = follow([], {
      heartbeatMs: 5,
      assertAllowed: () => Promise.reject(refusal),
      onClose: () => (closed += 1),
    })
    await nextFrame(follower)
    await expect(follower.next()).rejects.toBe(refusal)
    expect(await follower.next()).toEqual({ done: true, value: undefined })
    expect(closed).toBe(1)
  })

  it('asks again on a busy stream too', async () => {
    const log = events(1)
    const refusal = new DomainError('state', 'NOT_FOUND', 'Gone.')
    const follower = follow(log, { heartbeatMs: 1, assertAllowed: () => Promise.reject(refusal) })
    const deadline = Date.now() + 5_000
    for (;;) {
      log.push(event(log.length + 1))
      follower.push(event(log.length))
      const failure = await follower.next().then(
        () => null,
        (error: unknown) => error,
      )
      if (failure === refusal) break
      expect(Date.now()).toBeLessThan(deadline)
    }
  })

  it('ends a wait when it is closed', async () => {
    const follower = follow([])
    await nextFrame(follower)
    const waiting = follower.next()
    await follower.return()
    expect((await waiting).done).toBe(true)
  })

  it('bounds a frame in size, whatever the messages weigh, and loses none', async () => {
    const log = Array.from({ length: 150 }, (_, index) => ({ ...entry({ text: '👋'.repeat(8_000) }), seq: index + 1 }))
    const follower = follow(log)
    let seqs: number[] = []
    while (seqs.length < log.length) {
      const { events } = await nextFrame(follower)
      expect(JSON.stringify(events).length).toBeLessThan(100_000)
      seqs = [...seqs, ...events.map(({ seq }) => seq)]
    }
    expect(seqs).toEqual(log.map(({ seq }) => seq))
  })

  it('keeps a bounded queue for a slow consumer and reads the rest from the log', async () => {
    const log: TimelineEvent[] = []
    const follower = follow(log)
    await nextFrame(follower)
    for (let seq = 1; seq <= 3_000; seq += 1) {
      log.push(event(seq))
      follower.push(event(seq))
    }
    expect(await seqsUntil(follower, 3_000)).toEqual(log.map(({ seq }) => seq))
  })
})
