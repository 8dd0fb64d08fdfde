import { EncodedResult } from '../operation-sink'
import type { FrameSink, Origin, Viewer } from './frame'
import { StreamWorld } from './testing/stream-world'

const settings = { ringFrames: 50, ringBytes: 100_000, frameSize: 10, latencyMs: 2 }

const viewer = (name: string, session = name) => ({ id: `user-${name}`, sessionId: session, expiresAt: 1 })

describe('SharedStreams', () => {
  let world: StreamWorld
  beforeEach(() => {
    world = new StreamWorld(settings)
  })
  afterEach(() => world.close())

  async function followed(names: readonly string[], behind = 0) {
    const subscribers = names.map((name) => world.join(viewer(name), world.log.length - behind))
    await world.clock.advance(200)
    return subscribers
  }

  it('asks nothing for a storm of sessions that return to a living stream', async () => {
    await world.perform({ kind: 'say', count: 3 })
    const names = ['0', '1', '2', '3']
    const first = await followed(names)
    for (const { source } of first) source?.stop()
    await world.perform({ kind: 'say', count: 5 })
    const [asked, opened] = [world.asked, world.opened]
    const storm = await followed([...names, ...names], 5)
    for (const { seqs, end } of storm) expect([seqs, end]).toEqual([[4, 5, 6, 7, 8], null])
    expect(world.asked).toBe(asked)
    expect(world.opened - opened).toBeLessThanOrEqual(1)
  })

  it('sends who joins at the head a first frame at once', async () => {
    await followed(['0'])
    const late = world.join(viewer('1'), 0)
    await world.clock.advance(settings.latencyMs)
    expect([late.frames, world.opened]).toEqual([1, 1])
  })

  it('opens one private upstream for all who join at the head of a busy stream', async () => {
    await followed(['0'])
    await world.perform({ kind: 'say', count: 1 })
    await world.clock.advance(30)
    const joined = await followed(['1', '2', '3', '4'])
    expect(joined.map(({ frames }) => frames > 0)).toEqual([true, true, true, true])
    expect([world.opened, world.upstreams.size]).toEqual([2, 1])
  })

  it('keeps no frame in which something is missing for those who come later', async () => {
    const [live] = await followed(['0'])
    await world.perform({ kind: 'say', count: 1 })
    await world.clock.advance(30)
    world.isWhole = false
    await world.perform({ kind: 'say', count: 2 })
    await world.clock.advance(30)
    world.isWhole = true
    const opened = world.opened
    const [late] = await followed(['1'], 3)
    expect([live?.seqs, late?.seqs, world.opened - opened]).toEqual([[1, 2, 3], [1, 2, 3], 1])
  })

  it('sends nothing from before a frame that makes it forgotten to those who come later', async () => {
    const [live] = await followed(['0'])
    await world.perform({ kind: 'say', count: 2 })
    await world.clock.advance(30)
    world.forgetting.add(3)
    await world.perform({ kind: 'say', count: 1 })
    await world.clock.advance(30)
    const opened = world.opened
    const [behind, before] = [await followed(['1'], 1), await followed(['2'], 3)]
    // From there on it is in the ring; what was before comes from the subgraph, as it is now.
    expect([behind[0]?.seqs, before[0]?.seqs, world.opened - opened]).toEqual([[3], [1, 2, 3], 1])
    expect(live?.seqs).toEqual([1, 2, 3])
  })

  it('forgets with the first feed that is told to, also when the main one hangs', async () => {
    const short = { ...settings, ringFrames: 3, frameSize: 1 }
    world = new StreamWorld(short)
    await followed(['0'])
    await world.perform({ kind: 'say', count: 5 })
    await world.clock.advance(60)
    const [main] = world.upstreams
    if (main !== undefined) world.stalled.add(main)
    world.forgetting.add(7)
    short.frameSize = 10
    await world.perform({ kind: 'say', count: 2 })
    // Too far behind for the ring, so with a feed of their own, which is ahead of the main one with one frame.
    const ahead = world.join(viewer('1'), 0)
    await world.clock.advance(30)
    expect(ahead.seqs).toEqual([1, 2, 3, 4, 5, 6, 7])
    const opened = world.opened
    const inRing = world.join(viewer('2'), 3)
    await world.clock.advance(30)
    expect([inRing.seqs, world.opened - opened]).toEqual([[4, 5, 6, 7], 1])
  })

  it('keeps nothing that the main feed brings late and another was told to forget', async () => {
    const short = { ...settings, ringFrames: 3, frameSize: 1 }
    world = new StreamWorld(short)
    const [live] = await followed(['0'])
    await world.perform({ kind: 'say', count: 5 })
    await world.clock.advance(60)
    const [main] = world.upstreams
    if (main !== undefined) world.stalled.add(main)
    world.forgetting.add(7)
    short.frameSize = 10
    await world.perform({ kind: 'say', count: 2 })
    world.join(viewer('1'), 0)
    await world.clock.advance(30)
    short.frameSize = 1
    world.stalled.clear()
    while (live?.seqs.at(-1) !== 6) await world.clock.advance(1)
    const opened = world.opened
    const late = world.join(viewer('2'), 5)
    await world.clock.advance(10)
    expect([late.seqs, world.opened - opened]).toEqual([[6, 7], 1])
  })

  it('goes on for a while without followers, and then ends', async () => {
    const [only] = await followed(['0'])
    only?.source?.stop()
    await world.clock.advance(5_900)
    expect([world.streams.size, world.upstreams.size]).toEqual([1, 1])
    await world.clock.advance(200)
    expect([world.streams.size, world.upstreams.size]).toEqual([0, 0])
  })

  it('keeps a bounded number of streams without followers', async () => {
    for (const key of ['a', 'b', 'c', 'd']) {
      const { source } = world.join(viewer('0'), 0, key)
      await world.clock.advance(50)
      source?.stop()
    }
    expect([world.streams.size, world.upstreams.size]).toEqual([2, 2])
  })

  it('ends a follower who is no longer admitted, found by a bounded number of questions a second', async () => {
    const subscribers = await followed(['0', '1', '2', '3', '4', '5'])
    await world.clock.advance(2_000)
    const before = world.asked
    await world.clock.advance(1_000)
    expect(world.asked - before).toBeLessThanOrEqual(3)
    world.expel('user-4')
    await world.clock.advance(6_000)
    expect(subscribers.map(({ end }) => end)).toMatchObject([null, null, null, null, [{ message: 'NOT_FOUND' }], null])
  })

  it('refuses a session that returns after its removal', async () => {
    const [, removed] = await followed(['0', '1'])
    await world.perform({ kind: 'remove', who: 1 })
    await world.clock.advance(700)
    const back = world.join(viewer('1'), world.log.length)
    await world.clock.advance(50)
    expect([removed?.end, back.end, back.frames]).toMatchObject(['completed', [{ message: 'NOT_FOUND' }], 0])
  })

  it('asks again when a viewer is removed while it is asked', async () => {
    world.close()
    world = new StreamWorld({ ...settings, askMs: 100 })
    await followed(['0'])
    const joining = world.join(viewer('1'), 0)
    await world.perform({ kind: 'remove', who: 1 })
    await world.clock.advance(300)
    expect(joining.end).toMatchObject([{ message: 'NOT_FOUND' }])
    expect(joining.seqs).toEqual([])
  })

  it('ends all followers when no upstream comes in time, and serves who comes later', async () => {
    const subscribers = await followed(['0', '1'])
    await world.perform({ kind: 'cut', ms: 4_000 })
    await world.clock.advance(2_900)
    expect(subscribers.map(({ end }) => end)).toEqual([null, null])
    await world.clock.advance(1_000)
    expect(subscribers.map(({ end }) => end)).toMatchObject([
      [{ message: 'UNAVAILABLE' }],
      [{ message: 'UNAVAILABLE' }],
    ])
    expect(world.streams.size).toBe(0)
    await world.clock.advance(1_000)
    const [back] = await followed(['0'])
    expect(back?.frames).toBe(1)
  })

  it('gives a founder whom nobody has admitted nothing of the upstream of another', async () => {
    await world.perform({ kind: 'say', count: 3 })
    await world.perform({ kind: 'cut', ms: 40 })
    world.expel('user-0')
    const founder = world.join(viewer('0'), 0)
    await world.clock.advance(42)
    const member = world.join({ ...viewer('1'), expiresAt: 2 }, 0)
    await world.clock.advance(300)
    expect([founder.frames, founder.end]).toMatchObject([0, [{ message: 'NOT_FOUND' }]])
    expect([member.seqs, member.end]).toEqual([[1, 2, 3], null])
  })

  it('does not trust an answer that is older than a removal', async () => {
    world.close()
    world = new StreamWorld({ ...settings, askMs: 500 })
    await followed(['0', '1'])
    await world.clock.advance(600)
    for (const before = world.asked; world.asked === before;) await world.clock.advance(100)
    await world.perform({ kind: 'remove', who: 1 })
    await world.clock.advance(600)
    const back = world.join(viewer('1'), world.log.length)
    await world.clock.advance(1_100)
    expect([back.end, back.frames]).toMatchObject([[{ message: 'NOT_FOUND' }], 0])
  })

  it('asks for who returns after another feed has taken the lead', async () => {
    world.close()
    world = new StreamWorld({ ...settings, frameSize: 1 })
    await world.perform({ kind: 'say', count: 300 })
    const behind = world.join(viewer('0'), 0)
    const member = world.join(viewer('1'), 0)
    await world.clock.advance(50)
    member.source?.stop()
    await world.perform({ kind: 'remove', who: 1 })
    world.join(viewer('2'), 301)
    await world.clock.advance(20)
    for (let count = 0; count < 3; count++) {
      await world.perform({ kind: 'say', count: 1 })
      await world.clock.advance(30)
    }
    expect([member.end, behind.seqs.length < 300]).toEqual([null, true])
    const asked = world.asked
    const back = world.join(viewer('1'), world.log.length - 1)
    await world.clock.advance(50)
    expect([back.end, back.frames, world.asked - asked]).toMatchObject([[{ message: 'NOT_FOUND' }], 0, 1])
  })

  it('refuses a cursor from the future without ending another operation of the session', async () => {
    await world.perform({ kind: 'say', count: 1 })
    const [first] = await followed(['0'])
    const second = world.join(viewer('0'), 99)
    await world.clock.advance(50)
    expect([first?.end, second.end]).toMatchObject([null, [{ message: 'CURSOR_AHEAD' }]])
  })

  it('ends no follower with a newer token than the one that was refused', async () => {
    const older = world.join({ ...viewer('0'), expiresAt: 5_000 }, 0)
    await world.clock.advance(50)
    const newer = world.join({ ...viewer('0'), expiresAt: 6_000 }, 0)
    await world.clock.advance(50)
    const asked = world.asked
    await world.perform({ kind: 'signOut', who: 0 })
    await world.perform({ kind: 'say', count: 1 })
    await world.clock.advance(100)
    expect([older.end, newer.end, newer.seqs]).toMatchObject([[{ message: 'UNAUTHENTICATED' }], null, [1]])
    expect(world.asked).toBeGreaterThan(asked)
  })

  it('ends with a temporary error when it cannot be asked for a viewer', async () => {
    await followed(['0'])
    jest.spyOn(world.origin, 'admit').mockRejectedValue(new Error('no such source'))
    const other = world.join(viewer('1'), 0)
    await world.clock.advance(4_000)
    expect([other.frames, other.end]).toMatchObject([0, [{ extensions: { category: 'temporary' } }]])
  })

  it('sends a frame to all others when one cannot take it', async () => {
    const [first, second] = await followed(['0', '1'])
    if (first === undefined) throw new Error('Nobody follows')
    jest.spyOn(first, 'next').mockImplementation(() => {
      throw new Error('too large')
    })
    await world.perform({ kind: 'say', count: 1 })
    await world.clock.advance(100)
    expect([first.end, second?.end, second?.seqs]).toMatchObject([[{ extensions: { code: 'INTERNAL' } }], null, [1]])
  })

  it('opens nothing for a viewer who is admitted after the end', async () => {
    await followed(['0'])
    world.join(viewer('1'), 0)
    world.close()
    const { opened } = world
    await world.clock.advance(100)
    expect(world.opened).toBe(opened)
  })

  it('changes the sponsor before their token expires, which the others do not notice', async () => {
    const now = world.clock.now() / 1_000
    world.join({ ...viewer('0'), expiresAt: now + 60 }, 0)
    await world.clock.advance(100)
    const other = world.join({ ...viewer('1'), expiresAt: now + 600 }, 0)
    await world.clock.advance(54_000)
    const sponsors = () => [...world.upstreams].map(({ viewer: { id } }) => id)
    expect(sponsors()).toEqual(['user-0'])
    await world.clock.advance(1_500)
    expect([sponsors(), world.opened, other.end]).toEqual([['user-1'], 2, null])
  })

  it('sends no empty frame to those who have one when the sponsor changes', async () => {
    const [first, second] = await followed(['0', '1'])
    const frames = second?.frames
    first?.source?.stop()
    await world.clock.advance(100)
    expect([world.opened, second?.frames]).toEqual([2, frames])
  })

  it('asks for a follower who catches up after a frame without a new position has named them', async () => {
    const upstreams: FrameSink[] = []
    let isMember = true
    const origin: Origin<Viewer> = {
      follow: (_viewer, _after, sink) => {
        upstreams.push(sink)
        return () => undefined
      },
      admit: async () => (isMember ? [] : [{ message: 'NOT_FOUND', extensions: { category: 'state' } }]),
    }
    const join = (name: string, cursor: number) => {
      const sink = { next: jest.fn(), error: jest.fn(), complete: jest.fn() }
      world.streams.join('own', () => origin, viewer(name), cursor, sink)
      return sink
    }
    const result = new EncodedResult('[]')
    const frame = (position: number, ...endsFor: string[]) => ({ position, endsFor, result, isWhole: true })
    join('0', 5)
    await world.clock.advance(0)
    upstreams[0]?.frames([frame(5)])
    const first = join('1', 5)
    const behind = join('1', 2)
    await world.clock.advance(0)
    isMember = false
    upstreams[0]?.frames([frame(5, 'user-1')])
    upstreams[1]?.frames([frame(5)])
    expect([upstreams.length, first.complete.mock.calls.length, behind.next.mock.calls.length]).toEqual([2, 1, 1])
    await world.clock.advance(10)
    expect(behind.error).toHaveBeenCalledTimes(1)
  })
})
