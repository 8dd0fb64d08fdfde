import { Logger } from '@nestjs/common'
import { channel, encode, revive } from './channels'
import { type PubSub, RedisChannels } from './redis-channels'

/** The part of Redis that RedisChannels uses. */
class FakePubSub implements Pick<PubSub, keyof PubSub> {
  state: 'up' | 'mute' | 'away' = 'up'
  readonly #listeners = new Map<number, { topic: string; listener: (payload: unknown) => void }>()
  #ids = 0

  publish(topic: string, payload: unknown): Promise<void> {
    if (this.state === 'away') return Promise.reject(new Error('connect ECONNREFUSED'))
    if (this.state === 'up') {
      for (const each of this.#listeners.values())
        if (each.topic === topic) each.listener(JSON.parse(encode(payload), revive))
    }
    return Promise.resolve()
  }

  subscribe<Payload>(topic: string, listener: (payload: Payload) => void): Promise<number> {
    this.#listeners.set((this.#ids += 1), { topic, listener: listener as (payload: unknown) => void })
    return Promise.resolve(this.#ids)
  }

  unsubscribe(id: number): void {
    if (!this.#listeners.delete(id)) throw new Error(`There is no subscription of id "${id}"`)
  }
}

interface Sent {
  readonly text: string
  readonly at: Date
}

const isSent = (payload: unknown): payload is Sent => payload instanceof Object && 'at' in payload
const news = channel<string, Sent>('news', isSent)
const numbers = channel<string, number>('news', (payload): payload is number => typeof payload === 'number')
const payload = { text: '{"$date":1}', at: new Date('2026-11-28T12:00:00.123Z') }

describe('RedisChannels', () => {
  let redis: FakePubSub
  let channels: RedisChannels
  let gaps: number
  let connection: string
  const warnings: unknown[] = []

  beforeEach(() => {
    jest.useFakeTimers()
    redis = new FakePubSub()
    connection = 'one'
    channels = new RedisChannels(redis, () => connection)
    gaps = 0
    channels.onGap(() => (gaps += 1))
    warnings.length = 0
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (line: unknown) => warnings.push(line),
    })
  })
  afterEach(() => {
    channels.stop()
    jest.useRealTimers()
  })

  it('delivers a payload to the subscribers of its key, with dates as dates', async () => {
    const [ofAnn, ofBen]: [Sent[], Sent[]] = [[], []]
    await channels.subscribe(news, 'ann', (sent) => ofAnn.push(sent))
    await channels.subscribe(news, 'ben', (sent) => ofBen.push(sent))
    await channels.publish(news, 'ann', payload)
    expect([ofAnn, ofBen]).toEqual([[payload], []])
  })

  it('drops invalid payloads, and delivers nothing after unsubscribing', async () => {
    const sent: Sent[] = []
    const unsubscribe = await channels.subscribe(news, 'ann', (each) => sent.push(each))
    await channels.publish(numbers, 'ann', 1)
    unsubscribe()
    unsubscribe()
    await channels.publish(news, 'ann', payload)
    expect(sent).toEqual([])
  })

  it('never rejects, and warns once per outage', async () => {
    redis.state = 'away'
    for (let index = 0; index < 3; index += 1) await channels.publish(news, 'ann', payload)
    expect(warnings).toHaveLength(1)
    redis.state = 'up'
    await channels.publish(news, 'ann', payload)
    redis.state = 'away'
    await channels.publish(news, 'ann', payload)
    expect(warnings).toHaveLength(2)
  })

  it.each(['mute', 'away'] as const)(
    'detects within 4 s that Redis is %s, and reports when messages arrive again',
    async (state) => {
      await channels.subscribe(news, 'ann', () => undefined)
      await jest.advanceTimersByTimeAsync(5_000)
      redis.state = state
      await jest.advanceTimersByTimeAsync(2_000)
      expect([channels.isMute, gaps]).toEqual([false, 0])
      await jest.advanceTimersByTimeAsync(2_000)
      expect([channels.isMute, gaps]).toEqual([true, 0])
      redis.state = 'up'
      await jest.advanceTimersByTimeAsync(1_000)
      expect([channels.isMute, gaps]).toEqual([false, 1])
    },
  )

  it('reports a gap that was too short to be mute', async () => {
    await channels.subscribe(news, 'ann', () => undefined)
    await jest.advanceTimersByTimeAsync(5_000)
    redis.state = 'mute'
    await jest.advanceTimersByTimeAsync(1_000)
    redis.state = 'up'
    await jest.advanceTimersByTimeAsync(1_000)
    expect([channels.isMute, gaps]).toEqual([false, 1])
  })

  it('reports a gap when the connection was replaced between two pulses', async () => {
    await channels.subscribe(news, 'ann', () => undefined)
    await jest.advanceTimersByTimeAsync(5_000)
    connection = 'another'
    expect(gaps).toBe(0)
    await jest.advanceTimersByTimeAsync(2_000)
    expect([channels.isMute, gaps]).toEqual([false, 1])
  })

  it('reports no gap while there are no subscribers', async () => {
    const unsubscribe = await channels.subscribe(news, 'ann', () => undefined)
    await jest.advanceTimersByTimeAsync(1_000)
    unsubscribe()
    redis.state = 'away'
    await jest.advanceTimersByTimeAsync(10_000)
    redis.state = 'up'
    await channels.subscribe(news, 'ann', () => undefined)
    await jest.advanceTimersByTimeAsync(2_000)
    expect([channels.isMute, gaps]).toEqual([false, 0])
  })
})
