import { EncodedResult } from '../operation-sink'
import { RawClient } from './testing/raw-client'
import { TestServer } from './testing/test-server'
import { until } from './testing/until'

const subscribe = (id: string, query: string, more: object = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, ...more },
})
const result = (n: number) => EncodedResult.of({ data: { n } })
const next = (id: string, n: number) => ({ id, type: 'next', payload: { data: { n } } })

/** JSON can be read at this depth, but not written. */
const deep = (depth = 30_000) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`

describe('messages of graphql-transport-ws', () => {
  let server: TestServer
  let client: RawClient
  beforeEach(async () => {
    server = await TestServer.start()
    client = await RawClient.open(server.port)
  })
  afterEach(async () => {
    client.destroy()
    await server.stop()
    expect(server.transport.connections.size).toBe(0)
    // Whatever happened, every operation has ended once, and every connection too.
    expect(new Set(server.seen.ended).size).toBe(server.seen.ended.length)
    expect(server.seen.gone).toBe(server.seen.closed.length)
  })

  const introduce = async () => {
    client.json({ type: 'connection_init' })
    expect(await client.received(1)).toEqual([{ type: 'connection_ack' }])
    client.messages.length = 0
  }

  test.each([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['a string', '"connection_init"'],
    ['null', 'null'],
    ['a number', '1'],
    ['a list', '[{"type":"ping"}]'],
    ['no type', '{}'],
    ['a type that is no string', '{"type":1}'],
    ['an empty type', '{"type":""}'],
    ['an unknown type', '{"type":"start"}'],
    ['a name of every object', '{"type":"constructor"}'],
    ['a result', '{"type":"next","id":"1","payload":{}}'],
    ['an error', '{"type":"error","id":"1","payload":[{"message":"x"}]}'],
    ['an acknowledgement', '{"type":"connection_ack"}'],
    ['connection_init with a list', '{"type":"connection_init","payload":[]}'],
    ['connection_init with a string', '{"type":"connection_init","payload":"x"}'],
    ['ping with a number', '{"type":"ping","payload":1}'],
    ['pong with a list', '{"type":"pong","payload":[]}'],
    ['subscribe without an id', '{"type":"subscribe","payload":{"query":"{a}"}}'],
    ['subscribe with an empty id', '{"type":"subscribe","id":"","payload":{"query":"{a}"}}'],
    ['subscribe with a number for an id', '{"type":"subscribe","id":1,"payload":{"query":"{a}"}}'],
    [
      'subscribe with an id of more than 256 bytes',
      `{"type":"subscribe","id":"${'ä'.repeat(129)}","payload":{"query":"{a}"}}`,
    ],
    ['complete with an id of more than 256 bytes', `{"type":"complete","id":"${'x'.repeat(257)}"}`],
    ['subscribe without a payload', '{"type":"subscribe","id":"1"}'],
    ['subscribe with a list', '{"type":"subscribe","id":"1","payload":[]}'],
    ['subscribe without a query', '{"type":"subscribe","id":"1","payload":{}}'],
    ['subscribe with a query that is no text', '{"type":"subscribe","id":"1","payload":{"query":{}}}'],
    ['variables as a list', '{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":[]}}'],
    ['variables as text', '{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":"{}"}}'],
    ['extensions as text', '{"type":"subscribe","id":"1","payload":{"query":"{a}","extensions":"{}"}}'],
    ['an operation name that is no text', '{"type":"subscribe","id":"1","payload":{"query":"{a}","operationName":1}}'],
    ['complete without an id', '{"type":"complete"}'],
    ['complete with an empty id', '{"type":"complete","id":""}'],
    ['complete with a number for an id', '{"type":"complete","id":1}'],
    ['complete with a deep id', `{"type":"complete","id":${deep()}}`],
    ['a deep ping', `{"type":"ping","payload":${deep()}}`],
    ['a deep query', `{"type":"subscribe","id":"1","payload":{"query":${deep()}}}`],
  ])('%s closes with 4400', async (_what, text) => {
    await introduce()
    client.text(text)
    expect(await client.closed()).toEqual({ code: 4400, reason: 'Invalid message received' })
    expect(server.payloads).toEqual([])
  })

  test.each([
    ['connection_init with null', { type: 'connection_init', payload: null }],
    ['connection_init with an object', { type: 'connection_init', payload: { token: 'x' } }],
    ['connection_init with what nobody knows', { type: 'connection_init', other: 1 }],
  ])('%s is acknowledged', async (_what, message) => {
    client.json(message)
    expect(await client.received(1)).toEqual([{ type: 'connection_ack' }])
  })

  test.each([
    ['without a payload', { type: 'ping' }, { type: 'pong' }],
    ['with null', { type: 'ping', payload: null }, { type: 'pong' }],
    ['with an object', { type: 'ping', payload: { at: [1, '"ä"'] } }, { type: 'pong', payload: { at: [1, '"ä"'] } }],
    ['with an empty object', { type: 'ping', payload: {} }, { type: 'pong', payload: {} }],
  ])('a ping %s is answered, before the introduction too', async (_what, ping, pong) => {
    client.json(ping)
    expect(await client.received(1)).toEqual([pong])
  })

  test.each([
    ['pong', `{"type":"pong","payload":${deep()}}`],
    ['connection_init', `{"type":"connection_init","payload":${deep()}}`],
    ['complete', `{"type":"complete","id":"1","payload":${deep()}}`],
    ['variables', `{"type":"subscribe","id":"1","payload":{"query":"never","variables":${deep()}}}`],
    ['extensions', `{"type":"subscribe","id":"1","payload":{"query":"never","extensions":${deep()}}}`],
  ])('deep JSON that is not sent back is only read: %s', async (what, text) => {
    if (what !== 'connection_init') await introduce()
    client.text(text)
    if (what === 'connection_init') await client.received(1)
    client.json({ type: 'ping' })
    expect((await client.received(what === 'connection_init' ? 2 : 1)).at(-1)).toEqual({ type: 'pong' })
    expect(server.seen.failed).toBe(0)
  })

  test('a pong needs no answer', async () => {
    client.json({ type: 'pong', payload: { x: 1 } })
    await introduce()
  })

  test('subscribe before connection_init closes with 4401', async () => {
    client.json(subscribe('1', 'one'))
    expect(await client.closed()).toEqual({ code: 4401, reason: 'Unauthorized' })
  })

  test('subscribe before the acknowledgement closes with 4401', async () => {
    client.json({ type: 'connection_init', payload: { waits: true } })
    client.json(subscribe('1', 'one'))
    expect(await client.closed()).toEqual({ code: 4401, reason: 'Unauthorized' })
    server.admitNow(true)
    expect(server.payloads).toEqual([])
  })

  test.each([
    ['acknowledged', {}],
    ['not acknowledged', { payload: { waits: true } }],
  ])('a second connection_init, the first %s, closes with 4429', async (_what, more) => {
    client.json({ type: 'connection_init', ...more })
    client.json({ type: 'connection_init' })
    expect(await client.closed()).toEqual({ code: 4429, reason: 'Too many initialisation requests' })
  })

  test('a client that is not admitted is closed with 4403', async () => {
    client.json({ type: 'connection_init', payload: { isForeign: true } })
    expect(await client.closed()).toEqual({ code: 4403, reason: 'Forbidden' })
    expect(client.messages).toEqual([])
  })

  test('an admission that throws is reported, and closes as the owner wants', async () => {
    client.json({ type: 'connection_init', payload: { fails: true } })
    expect(await client.closed()).toEqual({ code: 1013, reason: 'Try again later' })
    expect(server.seen.failed).toBe(1)
  })

  test('a client that leaves while it is admitted leaves nothing', async () => {
    client.json({ type: 'connection_init', payload: { waits: true } })
    await client.until(() => true)
    client.destroy()
    await until(() => server.seen.gone === 1)
    server.admitNow(true)
  })

  test('an id that is in use closes with 4409, and a reason of at most 123 bytes', async () => {
    await introduce()
    client.json(subscribe('1', 'never'))
    client.json(subscribe('1', 'again'))
    expect(await client.closed()).toEqual({ code: 4409, reason: 'Subscriber for 1 already exists' })
    expect(server.seen.stopped).toEqual(['never'])
    client = await RawClient.open(server.port)
    await introduce()
    const long = 'ä'.repeat(128)
    client.json(subscribe(long, 'long'))
    client.json(subscribe(long, 'long again'))
    expect(await client.closed()).toEqual({ code: 4409, reason: 'Subscriber already exists' })
  })

  test.each([
    ['the server completes it', 'ends', { id: '1', type: 'complete' }],
    ['it is refused', 'refused', { id: '1', type: 'error', payload: [{ message: 'Refused' }] }],
  ])('an id may be used again after %s', async (_what, query, last) => {
    await introduce()
    client.json(subscribe('1', query))
    client.json(subscribe('1', `${query} 2`))
    expect((await client.received(3)).filter((each) => (each as { type: string }).type !== 'next')).toEqual([
      last,
      last,
    ])
  })

  test('an id may be used again after the client has completed it', async () => {
    await introduce()
    client.json(subscribe('1', 'never'))
    client.json({ id: '1', type: 'complete' })
    client.json(subscribe('1', 'and 7'))
    expect(await client.received(1)).toEqual([next('1', 7)])
    expect(server.seen.stopped).toEqual(['never'])
  })

  test('complete of an unknown id is ignored, before the introduction too', async () => {
    client.json({ id: 'x', type: 'complete' })
    await introduce()
    client.json({ id: 'x', type: 'complete' })
    client.json({ id: '__proto__', type: 'complete' })
    client.json({ type: 'ping' })
    expect(await client.received(1)).toEqual([{ type: 'pong' }])
  })

  test('after its end nothing is sent of an operation, and its source is stopped once', async () => {
    await introduce()
    client.json(subscribe('1', 'never'))
    client.json(subscribe('2', 'ends 1'))
    client.json({ id: '1', type: 'complete' })
    client.json({ id: '1', type: 'complete' })
    await client.received(2)
    for (const query of ['never', 'ends 1']) {
      const operation = server.operations.get(query)
      operation?.next(result(9))
      operation?.error([{ message: 'late' }])
      operation?.complete()
    }
    client.json({ type: 'ping' })
    expect(await client.received(3)).toEqual([next('2', 1), { id: '2', type: 'complete' }, { type: 'pong' }])
    expect(server.seen).toMatchObject({ stopped: ['never'], ended: ['ends 1', 'never'] })
  })

  test('a source that comes after its subscriber has left is stopped at once', async () => {
    await introduce()
    client.json(subscribe('1', 'never'))
    client.json({ id: '1', type: 'complete' })
    await until(() => server.seen.stopped.length === 1)
    server.operations.get('never')?.from({ stop: () => server.seen.stopped.push('late') })
    expect(server.seen.stopped).toEqual(['never', 'late'])
  })

  test('an operation that throws is reported', async () => {
    await introduce()
    client.json(subscribe('1', 'throws'))
    expect((await client.closed()).code).toBe(1013)
    expect(server.seen.failed).toBe(1)
  })

  test('results of several operations keep the order in which they were sent', async () => {
    await introduce()
    client.json(subscribe('a', 'first'))
    client.json(subscribe('b', 'second'))
    await until(() => server.operations.size === 2)
    const [first, second] = [server.operations.get('first'), server.operations.get('second')]
    const expected: unknown[] = []
    for (let n = 0; n < 500; n++) {
      const [operation, id] = n % 3 === 0 ? [first, 'a'] : [second, 'b']
      operation?.next(result(n))
      expected.push(next(id, n))
    }
    second?.complete()
    expected.push({ id: 'b', type: 'complete' })
    expect(await client.received(501)).toEqual(expected)
  })

  test.each([
    '"',
    '\\',
    '\u0000\n',
    '€',
    '😀',
    '\ud800',
    '__proto__',
    'constructor',
    ' ',
    'x'.repeat(256),
    'ä'.repeat(128),
    '}"',
  ])('the id %j comes back as it was sent', async (id) => {
    await introduce()
    client.json(subscribe(id, 'ends 1'))
    expect(await client.received(2)).toEqual([next(id, 1), { id, type: 'complete' }])
  })

  test('the payload arrives as it was sent', async () => {
    await introduce()
    const more = { operationName: 'A', variables: { __proto__: null, text: '"\u2028' }, extensions: { requestId: 'x' } }
    client.json(subscribe('1', 'ends', more))
    await client.received(1)
    expect(server.payloads).toEqual([{ query: 'ends', ...more }])
    client.json(subscribe('2', 'ends 2', { operationName: null, variables: null, extensions: null }))
    await client.received(3)
  })

  test('a thousand operations on one socket', async () => {
    await introduce()
    const ids = Array.from({ length: 1_000 }, (_, index) => String(index))
    for (const id of ids) client.json(subscribe(id, `never ${id}`))
    expect(await client.received(1_000)).toEqual(ids.map((id) => next(id, Number(id))))
    client.destroy()
    await until(() => server.seen.stopped.length === 1_000)
    expect(server.seen.ended).toHaveLength(1_000)
  })

  test('results that were sent before a close arrive before it', async () => {
    await introduce()
    client.json(subscribe('1', '1 and 2'))
    client.text('nonsense')
    expect((await client.closed()).code).toBe(4400)
    expect(client.messages).toEqual([next('1', 1), next('1', 2)])
  })
})
