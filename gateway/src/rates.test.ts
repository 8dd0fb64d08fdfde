import { once } from 'node:events'
import { WebSocket } from 'ws'
import { TestGateway } from './testing/test-gateway'

const query = '{ extra }'
const mutation = 'mutation { say(text: "x") }'

describe('rates', () => {
  let gateway: TestGateway
  // A rate of two a second allows a burst of twelve.
  beforeAll(
    async () =>
      (gateway = await TestGateway.start({
        RATE_LIMIT_OPERATIONS_PER_SECOND: '2',
        RATE_LIMIT_MUTATIONS_PER_SECOND: '1',
        RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: '2',
        RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND: '1',
        SOCKETS_PER_SESSION: '2',
        SOCKETS_PER_ADDRESS: '4',
        TRUSTED_PROXIES: 'loopback',
      })),
  )
  // New documents are planned first; the buckets refill meanwhile.
  beforeAll(() => Promise.all([query, mutation].map((document) => gateway.query(document, from('192.0.2.9')))))
  afterAll(() => gateway.stop())

  const from = (address: string) => ({ 'x-forwarded-for': address })
  const signedIn = async (sessionId: string) => ({
    authorization: `Bearer ${await gateway.owner.token({ sessionId })}`,
  })
  const asked = async (times: number, document: string, headers: Record<string, string>) => {
    const answers = await Promise.all(Array.from({ length: times }, () => gateway.query(document, headers)))
    return answers.filter(({ status }) => status !== 200)
  }

  test.each([
    ['operations', query, 12],
    ['mutations', mutation, 6],
  ])('%s beyond the rate of a session are refused, and say when to come back', async (kind, document, allowed) => {
    const headers = await signedIn(kind)
    expect(await asked(allowed, document, headers)).toEqual([])
    const { status, headers: answered, errors } = await gateway.query(document, headers)
    expect({ status, retryAfter: answered.get('retry-after') }).toEqual({ status: 429, retryAfter: '1' })
    expect(errors).toMatchObject([
      { message: expect.stringContaining('Wait a second') as string, extensions: { code: 'RATE_LIMITED' } },
    ])
    expect(await asked(1, document, await signedIn(`${kind} of another session`))).toEqual([])
  })

  test('callers without a session are counted by address, all of a /64 as one', async () => {
    expect(await asked(12, query, from('2001:db8::1'))).toEqual([])
    expect(await asked(1, query, from('2001:db8::2'))).toMatchObject([{ status: 429 }])
    expect(await asked(1, query, from('2001:db8:1::1'))).toEqual([])
  })

  test('operations of a session over a socket and over HTTP count together', async () => {
    const headers = await signedIn('both')
    expect(await asked(11, query, headers)).toEqual([])
    const socket = await open({ ...headers, ...from('192.0.2.1') })
    const subscribe = (id: string) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: 'subscription { extraTicks }' } }))
    subscribe('first')
    expect(await messageOf(socket)).toMatchObject({ id: 'first', type: 'next' })
    subscribe('second')
    expect(await messageOf(socket)).toMatchObject({
      id: 'second',
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    })
    subscribe('third')
    expect(await messageOf(socket)).toMatchObject({ id: 'third', type: 'error' })
    socket.terminate()
  })

  async function open(headers: Record<string, string>): Promise<WebSocket> {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    return socket
  }

  async function messageOf(socket: WebSocket): Promise<unknown> {
    const [data] = (await once(socket, 'message')) as [Buffer]
    return JSON.parse(data.toString())
  }

  test('sockets are limited per session and per address, and a closed socket makes room', async () => {
    const [one, other, third] = await Promise.all(['one', 'other', 'third'].map(signedIn))
    const address = from('192.0.2.2')
    const sockets = [await open({ ...one, ...address }), await open({ ...one, ...address })]
    const crowded = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { ...one, ...address },
    })
    await once(crowded, 'open')
    crowded.send('{"type":"connection_init"}')
    expect(((await once(crowded, 'close')) as [number])[0]).toBe(1013)
    sockets.push(await open({ ...other, ...address }), await open({ ...other, ...address }))
    const [refusal] = (await once(
      new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, { headers: { ...third, ...address } }),
      'error',
    )) as [Error]
    expect(refusal.message).toContain('429')
    sockets.push(await open({ ...third, ...from('192.0.2.3') }))
    sockets[0]?.close()
    await once(sockets[0] as WebSocket, 'close')
    sockets.push(await open({ ...one, ...address }))
    for (const socket of sockets) socket.terminate()
  })
})

describe('a socket that floods', () => {
  let gateway: TestGateway
  beforeAll(async () => (gateway = await TestGateway.start()))
  beforeAll(() => gateway.query(query))
  afterAll(() => gateway.stop())

  const connected = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    await once(socket, 'open')
    return socket
  }

  test.each([
    ['pings of the protocol', (socket: WebSocket) => socket.send('{"type":"ping"}')],
    ['ping frames', (socket: WebSocket) => socket.ping()],
    ['pong frames', (socket: WebSocket) => socket.pong()],
  ])('20,000 %s close it with 1008 and delay no other client', async (_what, send) => {
    const socket = await connected()
    const closed = once(socket, 'close') as Promise<[number]>
    for (let sent = 0; sent < 20_000; sent++) send(socket)
    const started = performance.now()
    expect((await gateway.query(query)).data).toEqual({ extra: 'extra' })
    expect(performance.now() - started).toBeLessThan(1_000)
    expect((await closed)[0]).toBe(1008)
  })

  test('a binary frame closes it with 1003', async () => {
    const socket = await connected()
    socket.send(Buffer.from('{"type":"ping"}'))
    expect(((await once(socket, 'close')) as [number])[0]).toBe(1003)
  })
})

describe('the cost of operations', () => {
  let gateway: TestGateway
  // The least that a budget can be is one operation of the largest cost, every six seconds.
  beforeAll(async () => (gateway = await TestGateway.start({ RATE_LIMIT_COST_PER_SECOND: '1' })))
  afterAll(() => gateway.stop())

  const lists = (count: number) =>
    Array.from({ length: count }, (_, index) => `l${index}: latest { events { seq } }`).join(' ')

  test('is added up for a session, and what is too much at once is refused', async () => {
    const token = await gateway.owner.token({ sessionId: 'costly' })
    const headers = { authorization: `Bearer ${token}` }
    // Each of these returns 30 × (1 + 10) objects by the estimate, of 12,000.
    const ask = () => gateway.query(`{ ${lists(30)} }`, headers)
    const first = await ask()
    expect(first.status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 60 }, ask))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.length).toBeLessThan(30)
    expect(refused[0]?.errors?.[0]?.extensions.code).toBe('RATE_LIMITED')
    expect(refused[0]?.headers.get('retry-after')).toMatch(/^\d+$/)
    const other = await gateway.query(`{ ${lists(30)} }`, {
      authorization: `Bearer ${await gateway.owner.token({ sessionId: 'another' })}`,
    })
    expect(other.status).toBe(200)
  })
})
