import type { UserId } from '@parley/kernel/ids'
import { Logger } from '@nestjs/common'
import { type LiveStream, LiveStreams } from '@parley/platform/live/live-stream'
import { newUser } from '@parley/platform/testing/ids'
import { MemoryChannels } from '@parley/platform/testing/memory-channels'
import { MemoryCircle, MemoryPresenceRecords, MemoryPresenceSettings } from '../testing/memory-presence'
import { presenceChanged } from './channels'
import { Devices } from './devices'
import { FollowPresence, maxFollowed, type PresenceFrame } from './follow-presence'
import { PresenceRoster } from './presence-roster'
import { SetPresencePrivacy, SetPresencePrivacyHandler } from './set-presence-privacy'
import { SetStatus, SetStatusHandler } from './set-status'

const times = { beatMs: 60_000, graceMs: 30_000 }

/** One process of the subgraph; several share what is stored, and the channels. */
function processOn(shared: ReturnType<typeof stores>) {
  const { records, settings, circle, channels } = shared
  const roster = new PresenceRoster(records, settings, channels)
  const devices = new Devices(records, channels, times)
  return { roster, follow: new FollowPresence(circle, roster, devices, new LiveStreams()) }
}

const stores = () => ({
  records: new MemoryPresenceRecords(),
  settings: new MemoryPresenceSettings(),
  circle: new MemoryCircle(),
  channels: new MemoryChannels(),
})

describe('following presence', () => {
  const [me, ann, ben] = [newUser(), newUser(), newUser()]
  let shared: ReturnType<typeof stores>
  let here: ReturnType<typeof processOn>
  let opened: LiveStream<PresenceFrame>[]

  beforeEach(() => {
    // DataLoader waits for the end of the tick.
    jest.useFakeTimers({ doNotFake: ['nextTick'] })
    Logger.overrideLogger(false)
    shared = stores()
    here = processOn(shared)
    opened = []
  })
  afterEach(async () => {
    for (const stream of opened) await stream.return()
    await jest.advanceTimersByTimeAsync(1_000)
    expect([here.roster.size, shared.channels.topics, jest.getTimerCount()]).toEqual([0, 0, 0])
    jest.useRealTimers()
  })

  async function open(viewerId: UserId, userIds: readonly UserId[], isActive: boolean | null = null, on = here) {
    const expiresAt = Date.now() / 1_000 + 36_000
    const stream = await on.follow.open({ viewerId, userIds, isActive, expiresAt })
    opened.push(stream)
    void read(stream)
    return stream
  }
  /** The next frame that is no heartbeat, if it comes within so long by the clock of the test. */
  async function next(stream: LiveStream<PresenceFrame>, ms = 1_100): Promise<PresenceFrame | null> {
    await jest.advanceTimersByTimeAsync(ms)
    return frames.get(stream)?.shift() ?? null
  }
  const frames = new WeakMap<LiveStream<PresenceFrame>, PresenceFrame[]>()
  async function read(stream: LiveStream<PresenceFrame>): Promise<void> {
    const read: PresenceFrame[] = []
    frames.set(stream, read)
    for await (const frame of stream) if (frame.people.length + frame.refused.length > 0) read.push(frame)
  }
  const states = (frame: PresenceFrame | null) => frame?.people.map(({ userId, state }) => [userId, state])

  it('tells all at first, and then who comes', async () => {
    const stream = await open(me, [me, ann, ben])
    expect(states(await next(stream))).toEqual([
      [me, 'offline'],
      [ann, 'offline'],
      [ben, 'offline'],
    ])
    await open(ann, [], true)
    expect(states(await next(stream))).toEqual([[ann, 'online']])
    expect(await next(stream, 10_000)).toBeNull()
  })

  it('keeps a person online over a reload, and offline after the grace, last seen when they left', async () => {
    const stream = await open(me, [ann])
    await next(stream)
    const device = await open(ann, [], true)
    expect(states(await next(stream))).toEqual([[ann, 'online']])
    await device.return()
    await jest.advanceTimersByTimeAsync(20_000)
    const again = await open(ann, [], true)
    expect(await next(stream, 200_000)).toBeNull()
    await again.return()
    const leftAt = new Date()
    expect(await next(stream, 29_000)).toBeNull()
    expect((await next(stream, 2_000))?.people).toMatchObject([{ userId: ann, state: 'offline', lastSeenAt: leftAt }])
  })

  it('takes all devices together: online while one is active, away when all are idle', async () => {
    const elsewhere = processOn(shared)
    const stream = await open(me, [ann])
    await next(stream)
    await open(ann, [], false, elsewhere)
    expect(states(await next(stream))).toEqual([[ann, 'away']])
    const phone = await open(ann, [], true)
    expect(states(await next(stream))).toEqual([[ann, 'online']])
    await phone.return()
    expect(states(await next(stream, 31_000))).toEqual([[ann, 'away']])
  })

  it('leaves nobody online whose process was killed', async () => {
    const killed = processOn(shared)
    const stream = await open(me, [ann])
    await next(stream)
    const now = Date.now()
    // A killed process writes no end.
    await shared.records.put(ann, { connectionId: 'x', isActive: true, until: now + 90_000 }, now)
    await shared.channels.publish(presenceChanged, ann, 'devices')
    expect(states(await next(stream))).toEqual([[ann, 'online']])
    expect(await next(stream, 60_000)).toBeNull()
    expect(states(await next(stream, 31_000))).toEqual([[ann, 'offline']])
    expect(killed.roster.size).toBe(0)
  })

  it('I7: refuses strangers, who see nothing, and admits them when they share a conversation', async () => {
    shared.circle.strangers.add(ann)
    const stream = await open(me, [ann, ben])
    expect(await next(stream)).toMatchObject({ people: [{ userId: ben }], refused: [ann] })
    await open(ann, [], true)
    await new SetStatusHandler(shared.settings, shared.channels).execute(
      new SetStatus(ann, { emoji: '🌴', text: null, expiresAt: null }, new Date()),
    )
    expect(await next(stream, 5_000)).toBeNull()
    shared.circle.strangers.clear()
    await shared.channels.publish(presenceChanged, ann, 'circle')
    expect(await next(stream)).toMatchObject({ people: [{ userId: ann, state: 'online' }], refused: [] })
  })

  it('I7: ends within 2 s for who shares no conversation any more, also when the hint was lost', async () => {
    const stream = await open(me, [ann, ben])
    await next(stream)
    shared.circle.strangers.add(ann)
    await shared.channels.publish(presenceChanged, ann, 'circle')
    expect(await next(stream, 2_000)).toEqual({ people: [], refused: [ann] })
    await open(ann, [], true)
    expect(await next(stream, 5_000)).toBeNull()
    shared.circle.strangers.add(ben)
    expect(await next(stream, 361_000)).toEqual({ people: [], refused: [ben] })
  })

  it('hides the one who wants that from all, and all from them', async () => {
    const hide = (isHidden: boolean) =>
      new SetPresencePrivacyHandler(shared.settings, shared.channels).execute(new SetPresencePrivacy(ann, isHidden))
    const mine = await open(me, [ann], true)
    await next(mine)
    const hers = await open(ann, [me, ann], true)
    expect(states(await next(mine))).toEqual([[ann, 'online']])
    expect(states(await next(hers))?.[0]).toEqual([me, 'online'])
    expect(states(await next(hers, 0))).toEqual([[ann, 'online']])
    await hide(true)
    expect((await next(mine))?.people).toMatchObject([{ state: 'unknown', lastSeenAt: null, isHidden: null }])
    expect((await next(hers))?.people).toMatchObject([
      { userId: me, state: 'unknown', isHidden: null },
      { userId: ann, state: 'online', isHidden: true },
    ])
    await hide(false)
    expect(states(await next(mine))).toEqual([[ann, 'online']])
  })

  it('shows a status, and its end by itself', async () => {
    const stream = await open(me, [ann])
    await next(stream)
    const expiresAt = new Date(Date.now() + 60_000)
    await new SetStatusHandler(shared.settings, shared.channels).execute(
      new SetStatus(ann, { emoji: '🌴', text: 'On leave', expiresAt }, new Date()),
    )
    expect((await next(stream))?.people).toMatchObject([{ status: { emoji: '🌴', text: 'On leave', expiresAt } }])
    expect((await next(stream, 60_000))?.people).toMatchObject([{ status: null }])
  })

  it('is unknown while Redis is away, and known again soon after', async () => {
    shared.records.isAway = true
    const stream = await open(me, [me, ann], true)
    expect(states(await next(stream))).toEqual([
      [me, 'unknown'],
      [ann, 'unknown'],
    ])
    shared.records.isAway = false
    shared.channels.recover()
    expect(states(await next(stream, 6_000))).toEqual([
      [ann, 'offline'],
      [me, 'online'],
    ])
  })

  it('combines changes, sends nothing twice, and costs little while nothing happens', async () => {
    const stream = await open(me, [ann, ben], true)
    await next(stream)
    for (let round = 0; round < 50; round += 1) {
      const device = await open(round % 2 === 0 ? ann : ben, [], true)
      await device.return()
    }
    expect(states(await next(stream))).toHaveLength(2)
    await jest.advanceTimersByTimeAsync(60_000)
    const before = { reads: shared.records.reads, writes: shared.records.writes, asked: shared.circle.asked }
    await jest.advanceTimersByTimeAsync(600_000)
    expect(shared.records.writes - before.writes).toBe(10)
    // Its own record only: the others are gone, so nothing of them can change by itself.
    expect(shared.records.reads - before.reads).toBeLessThanOrEqual(12)
  })

  it('follows a bounded number of people', async () => {
    const many = Array.from({ length: maxFollowed + 1 }, newUser)
    await expect(open(me, many)).rejects.toMatchObject({ category: 'input', code: 'INVALID_INPUT' })
    const stream = await open(me, [...many.slice(1), ...many.slice(1)])
    expect(states(await next(stream))).toHaveLength(maxFollowed)
  })
})
