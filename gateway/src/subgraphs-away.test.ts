import { limits } from './limits'
import { connectingTo, follow, until } from './testing/follow'
import { TestGateway } from './testing/test-gateway'

const timeline = 'subscription($after: Int!) { timeline(after: $after) { headSeq } }'
const frame = (seq: number) => ({ data: { timeline: { headSeq: seq } } })

describe('streams and queries while a subgraph is down or hangs', () => {
  let gateway: TestGateway
  let token: string
  const connect = connectingTo(() => gateway)
  beforeAll(async () => {
    gateway = await TestGateway.start()
    token = await gateway.owner.token()
  })
  afterAll(() => gateway.stop())

  test('when a subgraph restarts, its streams end as unavailable, to be resumed, and no other stream of the socket ends', async () => {
    const { client, closings } = connect(token)
    const stream = follow(client, timeline, { after: 1 })
    await stream.next()
    const other = follow(client, 'subscription { extraTicks }')
    await other.next()
    await gateway.graph.log.stop()
    await expect(stream.next()).rejects.toMatchObject([{ extensions: { code: 'UNAVAILABLE' } }])
    // From the client's cursor at that time; the gateway holds the subscription until the subgraph is back.
    const resumed = follow(client, timeline, { after: 5 })
    const first = resumed.next()
    await gateway.graph.log.start()
    expect(await first).toEqual(frame(5))
    expect(closings).toEqual([])
    await Promise.all([resumed.stop(), other.stop()])
  })

  test('a stream that is requested while its subgraph is down starts when it comes back', async () => {
    await gateway.graph.log.stop()
    const { client, closings } = connect(token)
    const stream = follow(client, timeline, { after: 4 })
    const first = stream.next()
    expect(await follow(client, 'subscription { extraTicks }').next()).toEqual({ data: { extraTicks: 'tick' } })
    await gateway.graph.log.start()
    expect(await first).toEqual(frame(4))
    expect(closings).toEqual([])
    await stream.stop()
  })

  test('a stream whose subgraph stays down is refused in time, alone, and may be requested again', async () => {
    await gateway.graph.log.stop()
    const { client, closings } = connect(token)
    const other = follow(client, 'subscription { extraTicks }')
    await other.next()
    const asked = performance.now()
    expect(await follow(client, timeline, { after: 4 }).failure()).toMatchObject([
      { extensions: { code: 'UNAVAILABLE' } },
    ])
    expect(performance.now() - asked).toBeLessThan(limits.streamStartMs + 1_500)
    await gateway.graph.log.start()
    const stream = follow(client, timeline, { after: 4 })
    expect(await stream.next()).toEqual(frame(4))
    expect(closings).toEqual([])
    await Promise.all([stream.stop(), other.stop()])
  }, 15_000)

  test('a subgraph that hangs is detected by its pings, and its calls fail at once', async () => {
    const { client } = connect(token)
    const running = follow(client, timeline, { after: 1 })
    await running.next()
    gateway.graph.log.hang()
    const early = gateway.query('{ latest { headSeq } extra }')
    const started = performance.now()
    expect(await early).toMatchObject({ data: { latest: null, extra: 'extra' } })
    expect(performance.now() - started).toBeLessThan(4_000)
    const refused = performance.now()
    expect(await follow(client, timeline, { after: 4 }).failure()).toMatchObject([
      { extensions: { code: 'UNAVAILABLE' } },
    ])
    expect((await gateway.query('{ latest { headSeq } }')).errors).toMatchObject([
      { path: ['latest'], extensions: { code: 'UNAVAILABLE' } },
    ])
    expect(performance.now() - refused).toBeLessThan(500)
    gateway.graph.log.goOn()
    await until(async () => (await gateway.query('{ latest { headSeq } }')).errors === undefined)
    gateway.graph.said.send({ seq: 2, text: 'two' })
    expect(await running.next()).toEqual(frame(2))
    await running.stop()
  }, 15_000)

  test('a subgraph that hangs is detected without any other call to it', async () => {
    const running = follow(connect(token).client, timeline, { after: 1 })
    await running.next()
    const asked = gateway.graph.log.seen.length
    gateway.graph.log.hang()
    await until(() => gateway.graph.log.seen.length > asked)
    gateway.graph.log.goOn()
    await until(async () => (await gateway.query('{ latest { headSeq } }')).errors === undefined)
    await running.stop()
  }, 15_000)
})
