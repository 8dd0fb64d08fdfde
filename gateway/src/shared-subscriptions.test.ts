import { randomUUID } from 'node:crypto'
import { connectingTo, follow, type Received, until } from './testing/follow'
import { refusal, type Room } from './testing/rooms'
import { TestGateway } from './testing/test-gateway'

const room = `subscription Room($id: ID!, $after: Int!) {
  room(id: $id, after: $after) { events { ...Parts } }
}
fragment Parts on RoomEvent { seq said: text actor { displayName } }`

const perViewer = `subscription($id: ID!, $after: Int!) { room(id: $id, after: $after) { mine events { seq } } }`

/** The user of this name. */
const user = (name: string): string => `0198a0e0-0000-7000-8000-${Buffer.from(name.padStart(6)).toString('hex')}`

interface Frame {
  readonly data: { room: { events: { seq: number }[] } }
}

const seqsIn = (frame: Received): number[] => (frame as unknown as Frame).data.room.events.map(({ seq }) => seq)

describe('shared subscriptions', () => {
  let gateway: TestGateway
  const connect = connectingTo(() => gateway)
  beforeAll(async () => {
    gateway = await TestGateway.start({ SOCKETS_PER_ADDRESS: '2000' })
  })
  afterAll(() => gateway.stop())

  /** A room with this many events. */
  function newRoom(count = 0): { id: string; the: Room } {
    const id = randomUUID()
    const the = gateway.graph.rooms.of(id)
    if (count > 0) the.say(...Array.from({ length: count }, (_, index) => `event ${index + 1}`))
    return { id, the }
  }

  async function clientOf(name: string) {
    return connect(await gateway.owner.token({ userId: user(name), sessionId: `session of ${name}` })).client
  }

  async function join(name: string, id: string, after: number, query = room) {
    const stream = follow(await clientOf(name), query, { id, after })
    return { ...stream, first: await stream.next() }
  }

  test('all followers share one upstream, one execution and one frame', async () => {
    const { id, the } = newRoom(3)
    const streams = [await join('a', id, 3), await join('b', id, 3), await join('c', id, 3)]
    expect(streams.map(({ first }) => seqsIn(first))).toEqual([[], [], []])
    const asked = gateway.graph.people.seen.length
    the.say('four')
    for (const stream of streams) {
      expect(await stream.next()).toEqual({
        data: { room: { events: [{ seq: 4, said: 'four', actor: { displayName: 'Name of p4' } }] } },
      })
    }
    expect(the.streams).toEqual([user('a')])
    expect(gateway.graph.people.seen.length - asked).toBe(1)
  })

  test('events that wait together are completed by one request, and each gets what is its own', async () => {
    const { id, the } = newRoom()
    const streams = [await join('a', id, 0), await join('b', id, 0)]
    const asked = gateway.graph.people.seen.length
    // Ten frames.
    the.say(...Array.from({ length: 100 }, (_, index) => `event ${index + 1}`))
    for (const stream of streams) {
      const events: { seq: number; actor?: unknown }[] = []
      while (events.length < 100) events.push(...((await stream.next()) as unknown as Frame).data.room.events)
      expect(events.map(({ seq, actor }) => [seq, actor])).toEqual(
        Array.from({ length: 100 }, (_, index) => [index + 1, { displayName: `Name of p${index + 1}` }]),
      )
    }
    expect(gateway.graph.people.seen.length - asked).toBeLessThan(10)
  })

  test('followers with other variables or another selection have streams of their own', async () => {
    const { id, the } = newRoom(1)
    await join('a', id, 1)
    await join('b', id, 1, room.replace('said: text', 'text'))
    expect(the.streams).toEqual([user('a'), user('b')])
  })

  test('a selection that depends on the viewer runs for each viewer', async () => {
    const { id, the } = newRoom(1)
    const [a, b] = [await join('a', id, 1, perViewer), await join('b', id, 1, perViewer)]
    expect([a.first, b.first]).toMatchObject([
      { data: { room: { mine: user('a') } } },
      { data: { room: { mine: user('b') } } },
    ])
    expect(the.streams).toEqual([user('a'), user('b')])
  })

  test('a cursor within the last frames is served from memory, and one further back by a stream of its own', async () => {
    const { id, the } = newRoom(20)
    const live = await join('a', id, 20)
    the.say('21')
    await live.next()
    the.say('22')
    await live.next()
    const returning = await join('b', id, 20)
    expect(seqsIn(returning.first)).toEqual([21])
    expect(seqsIn(await returning.next())).toEqual([22])
    expect(the.opened).toBe(1)
    const late = await join('c', id, 0)
    const seqs = seqsIn(late.first)
    while (seqs.length < 22) seqs.push(...seqsIn(await late.next()))
    expect(seqs).toEqual(Array.from({ length: 22 }, (_, index) => index + 1))
    await until(() => the.streams.length === 1)
    the.say('23')
    for (const stream of [live, returning, late]) expect(seqsIn(await stream.next())).toEqual([23])
    expect(the.opened).toBe(2)
  })

  test.each([
    ['from the future', 'a', 99, 'CURSOR_AHEAD'],
    ['negative', 'a', -1, 'INVALID_INPUT'],
    ['of another’s room', 'other', 2, 'NOT_FOUND'],
  ])('a cursor %s is refused as without sharing, whoever follows', async (_what, name, after, code) => {
    const { id, the } = newRoom(2)
    the.removed.add(user('other'))
    const refused = async () => follow(await clientOf(name), room, { id, after }).failure()
    expect(await refused()).toMatchObject([{ message: code, extensions: { code } }])
    const other = await join('b', id, 2)
    expect(await refused()).toMatchObject([{ message: code, extensions: { code } }])
    the.say('three')
    expect(seqsIn(await other.next())).toEqual([3])
  })

  test('whoever returns is not asked for again, and one who was removed meanwhile is refused', async () => {
    const { id, the } = newRoom(1)
    const stays = await join('a', id, 1)
    await (await join('b', id, 1)).stop()
    await (await join('c', id, 1)).stop()
    expect(the.asked).toBe(2)
    the.remove(user('c'))
    await stays.next()
    const back = await join('b', id, 1)
    expect(seqsIn(back.first)).toEqual([2])
    expect(the.asked).toBe(2)
    expect(await follow(await clientOf('c'), room, { id, after: 1 }).failure()).toMatchObject([
      { extensions: { code: 'NOT_FOUND' } },
    ])
  })

  test('when the sponsor leaves, another takes over and nobody misses anything', async () => {
    const { id, the } = newRoom(1)
    const [first, ...others] = [await join('a', id, 1), await join('b', id, 1), await join('c', id, 1)]
    await first.stop()
    the.say('two')
    for (const stream of others) expect(await seqsUntil(stream, 2)).toEqual([2])
    await until(() => the.streams.length === 1 && the.streams[0] !== user('a'))
    the.say('three')
    for (const stream of others) expect(await seqsUntil(stream, 3)).toEqual([3])
  })

  test('an event that fails ends no follower and leaves no stream open', async () => {
    const { id, the } = newRoom(1)
    const streams = [await join('a', id, 1), await join('b', id, 1), await join('c', id, 1)]
    the.poison = refusal('auth', 'FORBIDDEN')
    the.say('two')
    await until(() => the.opened > 3)
    the.poison = null
    for (const stream of streams) expect(await seqsUntil(stream, 2)).toEqual([2])
    await until(() => the.streams.length === 1)
  })

  test('what the sponsor may not see is asked for under the identity of another', async () => {
    const { id, the } = newRoom(1)
    const streams = [await join('a', id, 1), await join('b', id, 1)]
    gateway.graph.signedOut.add(user('a'))
    the.say('two')
    const whole = { data: { room: { events: [{ seq: 2, said: 'two', actor: { displayName: 'Name of p2' } }] } } }
    for (const { next } of streams) expect(await next()).toEqual(whole)
    expect(the.streams).toEqual([user('b')])
    gateway.graph.signedOut.add(user('b'))
    the.say('three')
    for (const { next } of streams)
      expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
    gateway.graph.signedOut.clear()
  })

  test('a restart of the subgraph goes unnoticed', async () => {
    const { id, the } = newRoom(1)
    const streams = [await join('a', id, 1), await join('b', id, 1)]
    await gateway.graph.log.stop()
    the.say('two')
    await gateway.graph.log.start()
    for (const stream of streams) expect(await seqsUntil(stream, 2)).toEqual([2])
    expect(the.streams).toHaveLength(1)
  })

  test('when the subgraph stays away, all followers end with UNAVAILABLE', async () => {
    const { id } = newRoom(1)
    const streams = [await join('a', id, 1), await join('b', id, 1)]
    await gateway.graph.log.stop()
    for (const stream of streams)
      expect(await stream.failure()).toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
    await gateway.graph.log.start()
  }, 15_000)

  test('a new supergraph closes no shared stream', async () => {
    const { id, the } = newRoom(1)
    const stream = await join('a', id, 1)
    await gateway.changeSupergraph((sdl) => sdl.replace('type Nested', '"""Changed."""\ntype Nested'))
    const known = async () => (await gateway.query('{ __type(name: "Nested") { description } }')).data
    await until(async () => JSON.stringify(await known()).includes('Changed.'))
    the.say('two')
    expect(seqsIn(await stream.next())).toEqual([2])
    expect(the.opened).toBe(1)
  })

  test('of 1,000 followers exactly those of a removed member end, with the event that removes them', async () => {
    const { id, the } = newRoom(1)
    const people = 50
    const each = 20
    const ends: string[] = []
    const seen: Record<string, number> = {}
    let begun = 0
    for (let person = 0; person < people; person++) {
      const name = `n${person}`
      const client = await clientOf(name)
      for (let count = 0; count < each; count++) {
        let isFirst = true
        client.subscribe<Frame['data']>(
          { query: room, variables: { id, after: 1 } },
          {
            next: ({ data }) => {
              if (isFirst) begun++
              isFirst = false
              seen[name] = (seen[name] ?? 0) + (data?.room.events.length ?? 0)
            },
            error: (error) => void ends.push(`${name}: ${JSON.stringify(error)}`),
            complete: () => void ends.push(name),
          },
        )
      }
    }
    await until(() => begun === people * each)
    expect(the.streams).toHaveLength(1)
    the.remove(user('n7'))
    await until(() => ends.length === each)
    the.say('after')
    await until(() => seen['n8'] === 2 * each)
    expect(ends).toEqual(Array.from({ length: each }, () => 'n7'))
    expect(seen['n7']).toBe(each)
    await until(() => Object.values(seen).filter((count) => count === 2 * each).length === people - 1)
    expect(the.streams).toHaveLength(1)
  }, 30_000)
})

async function seqsUntil({ next }: Pick<ReturnType<typeof follow>, 'next'>, last: number): Promise<number[]> {
  const seqs: number[] = []
  while (seqs.at(-1) !== last) seqs.push(...seqsIn(await next()))
  return seqs
}
