import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { until } from './testing/follow'
import { TestGateway } from './testing/test-gateway'

const timeline = `subscription($after: Int!) { timeline(after: $after) { headSeq events { ... on MessageSent { text } } } }`
const frame = (seq: number, text: string) => ({ data: { timeline: { headSeq: seq, events: [{ text }] } } })

interface Asked {
  readonly query?: string
  readonly variables?: string
  readonly headers?: Record<string, string>
}

describe('event streams', () => {
  let gateway: TestGateway
  let headers: Record<string, string>
  beforeAll(async () => {
    gateway = await TestGateway.start({ SOCKETS_PER_SESSION: '3' })
    headers = await cookieOf('s1')
  })
  afterAll(() => gateway.stop())

  const cookieOf = async (sessionId: string, seconds?: number) => ({
    accept: 'text/event-stream',
    cookie: `parley_access=${await gateway.owner.token({ sessionId, ...(seconds === undefined ? {} : { seconds }) })}`,
  })

  /** Opens a stream as an EventSource does, and reads its events. */
  async function open({ query = timeline, variables = '{"after":1}', headers: other = headers }: Asked = {}) {
    const parameters = new URLSearchParams({ query, variables })
    const request = get(`${gateway.url}/graphql/stream?${parameters}`, { headers: other })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return { ...reader(response), response, stop: () => request.destroy() }
  }

  function reader(response: IncomingMessage) {
    let text = ''
    let ended = false
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    response.on('error', () => undefined).on('close', () => (ended = true))
    const events = () =>
      text
        .split('\n\n')
        .slice(0, -1)
        .filter((each) => each.startsWith('event: '))
        .map((each) => /^event: (\w+)\ndata: ?(.*)$/.exec(each) ?? [])
        .map(([, event, data]) => (event === 'next' ? (JSON.parse(data ?? '') as unknown) : event))
    return {
      text: () => text,
      isEnded: () => ended,
      events: async (count: number): Promise<unknown[]> => {
        await until(() => events().length >= count)
        return events()
      },
      whole: async (): Promise<unknown[]> => {
        await until(() => ended)
        return events()
      },
    }
  }

  test('results are events, and leaving ends the operation', async () => {
    const stream = await open()
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String) as string,
    })
    await stream.events(1)
    gateway.graph.said.send({ seq: 2, text: 'with a\nline break' })
    expect(await stream.events(2)).toEqual([frame(1, 'head'), frame(2, 'with a\nline break')])
    expect(stream.text()).toMatch(/^retry: \d+\n\n/)
    stream.stop()
    await until(() => gateway.graph.said.listeners === 0)
  })

  test('an operation may come in a body, with a Bearer token', async () => {
    const token = await gateway.owner.token({ sessionId: 'bearer' })
    const leave = new AbortController()
    const response = await fetch(`${gateway.url}/graphql/stream`, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: timeline, variables: { after: 1 } }),
      signal: leave.signal,
    })
    const chunks = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]()
    let text = ''
    while (!text.includes('"head"')) text += (await chunks.next()).value ?? ''
    expect(text).toContain(`event: next\ndata: ${JSON.stringify(frame(1, 'head'))}\n\n`)
    leave.abort()
    await until(() => gateway.graph.said.listeners === 0)
  })

  test.each([
    ['malformed', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['a query', '{ extra }', 'INVALID_INPUT'],
    ['lacking a variable', timeline, 'INVALID_INPUT'],
  ])('an operation that is %s is one event with errors, and then complete', async (_what, query, code) => {
    const stream = await open({ query, variables: '{}' })
    expect(stream.response.statusCode).toBe(200)
    expect(await stream.whole()).toMatchObject([{ errors: [{ extensions: { code } }] }, 'complete'])
  })

  test.each([
    ['without a session', 401, 'UNAUTHENTICATED', { headers: { accept: 'text/event-stream' } }],
    ['from another origin', 403, 'FORBIDDEN', { headers: { accept: 'text/event-stream', origin: 'http://evil.test' } }],
    ['for a page', 406, 'INVALID_INPUT', { headers: { accept: 'text/html' } }],
    ['with variables that are no JSON', 400, 'INVALID_INPUT', { variables: '{' }],
    ['with variables that are a list', 400, 'INVALID_INPUT', { variables: '[1]' }],
  ])('a request %s is refused with %i', async (_what, status, code, asked: Asked) => {
    const { response, text, whole } = await open(asked)
    await whole()
    expect({ status: response.statusCode, body: JSON.parse(text()) as unknown }).toMatchObject({
      status,
      body: { errors: [{ extensions: { code } }] },
    })
  })

  test('streams and sockets share the places of a session, and leaving makes room', async () => {
    const mine = await cookieOf('crowd')
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: mine,
    })
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    const streams = [await open({ headers: mine }), await open({ headers: mine })]
    expect((await open({ headers: mine })).response.statusCode).toBe(429)
    streams[0]?.stop()
    await until(async () => {
      const another = await open({ headers: mine })
      streams.push(another)
      return another.response.statusCode === 200
    })
    for (const stream of streams) stream.stop()
    socket.terminate()
    await until(() => gateway.graph.said.listeners === 0)
  })

  test('an expired and a revoked session end with UNAUTHENTICATED', async () => {
    const [expiring, revoked] = [
      await open({ headers: await cookieOf('expiring', 3) }),
      await open({ headers: await cookieOf('ended') }),
    ]
    await revoked.events(1)
    gateway.revoke('ended')
    const last = [{ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }, 'complete']
    expect((await revoked.whole()).slice(1)).toMatchObject(last)
    expect((await expiring.whole()).slice(-2)).toMatchObject(last)
    await until(() => gateway.graph.said.listeners === 0)
  }, 15_000)

  test('a reader that stops is ended, and others lose nothing', async () => {
    const [slow, quick] = [await open(), await open()]
    await Promise.all([slow.events(1), quick.events(1)])
    slow.response.pause()
    const text = 'x'.repeat(256 * 1024)
    let seq = 1
    while (gateway.graph.said.listeners === 2 && seq < 200) {
      gateway.graph.said.send({ seq: ++seq, text })
      await quick.events(seq)
    }
    expect(gateway.graph.said.listeners).toBe(1)
    slow.response.resume()
    const received = await slow.whole()
    expect(received).not.toContain('complete')
    expect(received.length).toBeLessThan(seq)
    quick.stop()
  })

  test('when the gateway stops, streams end without complete', async () => {
    const other = await TestGateway.start()
    const token = await other.owner.token()
    const parameters = new URLSearchParams({ query: timeline, variables: '{"after":1}' })
    const request = get(`${other.url}/graphql/stream?${parameters}`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const stream = reader(response)
    await stream.events(1)
    await other.stop()
    expect(await stream.whole()).toEqual([frame(1, 'head')])
  })
})
