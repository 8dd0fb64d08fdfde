import { once } from 'node:events'
import { Logger } from '@nestjs/common'
import { currentRequestId } from '@parley/platform/logging/request-context'
import { WebSocket } from 'ws'
import { connectingTo, follow, type Received, until } from './testing/follow'
import { TestGateway } from './testing/test-gateway'

const timeline = `subscription($after: Int!) {
  timeline(after: $after) {
    headSeq
    events { __typename seq actor { displayName } ... on MessageSent { text } }
  }
}`

const frame = (seq: number, text: string) => ({
  data: {
    timeline: {
      headSeq: seq,
      events: [{ __typename: 'MessageSent', seq, actor: { displayName: `Name of p${seq}` }, text }],
    },
  },
})

describe('federated subscriptions', () => {
  let gateway: TestGateway
  let token: string
  const connect = connectingTo(() => gateway)
  beforeAll(async () => {
    gateway = await TestGateway.start()
    token = await gateway.owner.token()
  })
  afterAll(() => gateway.stop())

  test('fields of another subgraph are resolved inside interface fragments, in order', async () => {
    const stream = follow(connect(token).client, timeline, { after: 1 })
    expect(await stream.next()).toEqual(frame(1, 'head'))
    gateway.graph.said.send({ seq: 2, text: 'two' })
    gateway.graph.said.send({ seq: 3, text: 'three' })
    expect(await stream.next()).toEqual(frame(2, 'two'))
    expect(await stream.next()).toEqual(frame(3, 'three'))
    await stream.stop()
  })

  test('a stream of one subgraph passes through, with identity per operation', async () => {
    const other = await gateway.owner.token({ sessionId: 's2' })
    const [mine, theirs] = [token, other].map((each) => follow(connect(each).client, 'subscription { me: whoAmI }'))
    expect(await mine?.next()).toEqual({ data: { me: `Bearer ${token}` } })
    expect(await theirs?.next()).toEqual({ data: { me: `Bearer ${other}` } })
    expect(gateway.graph.log.sockets.size).toBe(1)
  })

  test('each operation has a request id, in its log lines, in its errors and for the subgraph', async () => {
    const lines: [string | undefined, string][] = []
    const log = (...args: unknown[]) => void lines.push([currentRequestId(), String(args[1])])
    Logger.overrideLogger({ log, warn: log, error: log })
    const { client } = connect(token)
    const idOf = async (extensions?: Record<string, unknown>) => {
      const frames = client.iterate<{ id: string }>({ query: 'subscription { id: requestId }', extensions })
      const first = await frames.next()
      return first.done === true ? undefined : first.value.data?.id
    }
    const [one, other] = [await idOf(), await idOf({ requestId: 'with a\nline break' })]
    expect(one).toMatch(/^[0-9a-f-]{36}$/)
    expect(other).toMatch(/^[0-9a-f-]{36}$/)
    expect(one).not.toBe(other)
    expect(await idOf({ requestId: 'request-0002' })).toBe('request-0002')
    for (const id of [one, other, 'request-0002']) expect(lines).toContainEqual([id, 'Subscribed'])
    const extensions = { requestId: 'request-0003' }
    await expect(client.iterate({ query: 'subscription {', extensions }).next()).rejects.toMatchObject([{ extensions }])
    expect(lines).toContainEqual(['request-0003', 'Subscription failed'])
  })

  test('a stream that its client completes is completed upstream too', async () => {
    const stream = follow(connect(token).client, timeline, { after: 1 })
    await stream.next()
    expect(gateway.graph.said.listeners).toBe(1)
    await stream.stop()
    await until(() => gateway.graph.said.listeners === 0)
  })

  test.each([
    ['malformed', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['invalid', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['lacking a variable', timeline, 'INVALID_INPUT'],
    ['a query', '{ extra }', 'INVALID_INPUT'],
    [
      'conditional at the root',
      'subscription($on: Boolean = true) { whoAmI @include(if: $on) }',
      /GRAPHQL_VALIDATION_FAILED|INVALID_INPUT/,
    ],
    ['too deep', `subscription { timeline(after: 1) ${'{ a '.repeat(13)} ${'}'.repeat(13)} }`, 'OPERATION_TOO_COMPLEX'],
  ])('an operation that is %s ends alone, with a code', async (_what, query, code) => {
    const { client, closings } = connect(token)
    const failure = await follow(client, query).failure()
    const codes = (failure as Received['errors'])?.map(({ extensions }) => extensions?.['code'])
    expect(codes).toContainEqual(typeof code === 'string' ? code : expect.stringMatching(code))
    const stream = follow(client, timeline, { after: 1 })
    expect(await stream.next()).toEqual(frame(1, 'head'))
    expect(closings).toEqual([])
    await stream.stop()
  })

  test('a subgraph that is down fails its fields in an event, and the stream goes on', async () => {
    const stream = follow(connect(token).client, timeline, { after: 1 })
    await stream.next()
    await gateway.graph.people.stop()
    gateway.graph.said.send({ seq: 2, text: 'two' })
    const failed = await stream.next()
    expect(failed.data).toEqual({ timeline: null })
    expect(failed.errors).toMatchObject([
      { path: ['timeline', 'events', 0, 'actor'], extensions: { code: 'UNAVAILABLE' } },
    ])
    expect(JSON.stringify(failed)).not.toMatch(/127\.0\.0\.1|serviceName|stack/)
    await gateway.graph.people.start()
    gateway.graph.said.send({ seq: 3, text: 'three' })
    expect(await stream.next()).toEqual(frame(3, 'three'))
    await stream.stop()
  })

  test('an event whose other fields another subgraph completes is delivered at once, with the id beside what is missing', async () => {
    const stream = follow(
      connect(token).client,
      'subscription { timeline(after: 1) { events { seq ... on MessageSent { text authorId author { displayName } } } } }',
    )
    await stream.next()
    await gateway.graph.people.stop()
    gateway.graph.said.send({ seq: 2, text: 'two' })
    expect(await stream.next()).toMatchObject({
      data: { timeline: { events: [{ seq: 2, text: 'two', authorId: 'p2', author: null }] } },
      errors: [{ path: ['timeline', 'events', 0, 'author'], extensions: { code: 'UNAVAILABLE' } }],
    })
    await gateway.graph.people.start()
    await stream.stop()
  })

  test('an event outlives a restart of a subgraph that it needs, and keeps its place', async () => {
    const stream = follow(connect(token).client, timeline, { after: 1 })
    await stream.next()
    await gateway.graph.people.stop()
    gateway.graph.said.send({ seq: 2, text: 'two' })
    gateway.graph.said.send({ seq: 3, text: 'three' })
    const second = stream.next()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await gateway.graph.people.start()
    expect(await second).toEqual(frame(2, 'two'))
    expect(await stream.next()).toEqual(frame(3, 'three'))
    await stream.stop()
  })

  test('a stream whose subgraph leaves out a non-null value reports an error', async () => {
    const stream = follow(
      connect(token).client,
      'subscription { timeline(after: -1) { events { actor { displayName } } } }',
    )
    expect(await stream.next()).toMatchObject({
      data: { timeline: null },
      errors: [{ path: ['timeline', 'events', 0, 'actor', 'displayName'], extensions: { code: 'NOT_FOUND' } }],
    })
    await stream.stop()
  })

  test('a new supergraph serves new operations and does not disturb open streams', async () => {
    const { client, closings } = connect(token)
    const stream = follow(client, timeline, { after: 1 })
    await stream.next()
    expect((await gateway.query('{ added: __type(name: "Added") { name } }')).data).toEqual({ added: null })
    await gateway.changeSupergraph(
      (sdl) => `${sdl}\ntype Added @join__type(graph: USER) { id: ID! @join__field(graph: USER) }\n`,
    )
    await until(async () => (await gateway.query('{ added: __type(name: "Added") { name } }')).data?.['added'] !== null)
    gateway.graph.said.send({ seq: 2, text: 'two' })
    expect(await stream.next()).toEqual(frame(2, 'two'))
    expect(closings).toEqual([])
    await stream.stop()
  })

  test('at most 50 subscriptions on one socket', async () => {
    const { client } = connect(token)
    const streams = Array.from({ length: 50 }, () => follow(client, 'subscription { extraTicks }'))
    await Promise.all(streams.map((stream) => stream.next()))
    expect(await follow(client, 'subscription { extraTicks }').failure()).toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ])
    for (const stream of streams) await stream.stop()
  })

  test('an expired token closes with 4403, and so does a missing one', async () => {
    // Expiry has whole seconds: of three, two are left for the first event on a busy machine.
    const { client, closings } = connect(await gateway.owner.token({ seconds: 3 }))
    const stream = follow(client, timeline, { after: 1 })
    await stream.next()
    await until(() => closings.length > 0)
    expect(closings[0]).toBe(4403)
    const anonymous = connect(undefined)
    void follow(anonymous.client, timeline, { after: 1 }).failure()
    await until(() => anonymous.closings.length > 0)
    expect(anonymous.closings[0]).toBe(4403)
  }, 20_000)

  test("a revoked session's sockets close with 4403, and no others", async () => {
    const revoked = connect(await gateway.owner.token({ sessionId: 'revoked' }))
    const stays = connect(token)
    const streams = [revoked, stays].map(({ client }) => follow(client, timeline, { after: 1 }))
    await Promise.all(streams.map((stream) => stream.next()))
    gateway.revoke('revoked')
    await until(() => revoked.closings.length > 0)
    expect(revoked.closings[0]).toBe(4403)
    expect(stays.closings).toEqual([])
  })

  test('another origin and another path are refused at the upgrade', async () => {
    const socketAt = (path: string, origin: string) =>
      new WebSocket(`${gateway.url.replace('http', 'ws')}${path}`, 'graphql-transport-ws', {
        origin,
        headers: { cookie: `parley_access=${token}` },
      })
    for (const [path, origin, status] of [
      ['/graphql', 'http://evil.test', 403],
      ['/other', 'http://parley.test', 404],
    ] as const) {
      const [error] = (await once(socketAt(path, origin), 'error')) as [Error]
      expect(error.message).toContain(String(status))
    }
  })

  test('a frame over the limit closes its socket only', async () => {
    const { client, closings } = connect(token)
    const failure = await follow(client, `subscription { whoAmI ${' '.repeat(70_000)} }`).failure()
    expect(failure).toMatchObject({ code: 1009 })
    expect(closings).toHaveLength(1)
    const stream = follow(connect(token).client, timeline, { after: 1 })
    expect(await stream.next()).toEqual(frame(1, 'head'))
  })

  test('a slow consumer is closed with 1013, and other clients lose no events', async () => {
    const slow = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { cookie: `parley_access=${token}` },
    })
    await once(slow, 'open')
    slow.send(JSON.stringify({ type: 'connection_init' }))
    await once(slow, 'message')
    slow.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: timeline, variables: { after: 1 } } }))
    await once(slow, 'message')
    const quick = follow(connect(token).client, timeline, { after: 1 })
    await quick.next()
    slow.pause()
    const text = 'x'.repeat(256 * 1024)
    for (let seq = 2; gateway.graph.said.listeners === 2 && seq < 200; seq++) {
      gateway.graph.said.send({ seq, text })
      expect(await quick.next()).toEqual(frame(seq, text))
    }
    const closed = once(slow, 'close')
    slow.resume()
    expect(((await closed) as [number])[0]).toBe(1013)
    expect(gateway.graph.said.listeners).toBe(1)
    await quick.stop()
  })
})
