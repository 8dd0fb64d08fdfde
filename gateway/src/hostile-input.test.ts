import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Frame, opcodes, RawClient } from '@parley/federation/sockets/testing/raw-client'
import { until } from '@parley/federation/sockets/testing/until'
import { limits } from './limits'
import { TestGateway } from './testing/test-gateway'

/*
 * Every item of "Bad input" in one place, against a running gateway, over HTTP and over WebSocket: its refusal, whether
 * its socket closes, and that nothing of it is kept. In more detail:
 *   malformed frames, large frames          libs/federation/src/sockets/transport-frames.test.ts
 *   messages out of order, duplicate ids    libs/federation/src/sockets/transport-server.test.ts
 *   floods, slow readers                    libs/federation/src/sockets/transport-limits.test.ts
 *   what HTTP refuses                       bad-input.test.ts, fuzz.test.ts (10,000 documents of the grammar)
 *   cursors of the message subgraph         e2e/src/bad-input.e2e.ts
 */

const unlimited = '1000000'
const list = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(' ')
/** JSON that no parser refuses and that recursion cannot follow. */
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

const documents = {
  introspectionBomb: `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
  aliases: `{ ${list(1_000, (n) => `a${n}: extra`)} }`,
  fragmentChain: `{ ...F0 } ${list(150, (n) => `fragment F${n} on Query { ...F${n + 1} }`)} fragment F150 on Query { extra }`,
  fragmentBomb: `{ ...F0 } ${list(40, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F40 on Query { extra }`,
  deepFragments: `{ nested { ...F0 } } ${list(50, (n) => `fragment F${n} on Nested { nested { ...F${n + 1} } }`)} fragment F50 on Nested { name }`,
  person: 'query ($id: ID!) { person(id: $id) { id } }',
  room: 'subscription ($id: ID!, $after: Int!) { room(id: $id, after: $after) { upTo } }',
}
const unknownId = { extensions: { persistedQuery: { version: 1, sha256Hash: 'f'.repeat(64) } } }

describe('hostile input', () => {
  let gateway: TestGateway
  let token: string
  beforeAll(async () => {
    gateway = await TestGateway.start({
      RATE_LIMIT_OPERATIONS_PER_SECOND: unlimited,
      RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: unlimited,
      RATE_LIMIT_MESSAGES_PER_SOCKET_PER_SECOND: unlimited,
    })
    token = await gateway.owner.token()
    gateway.graph.rooms.of('long').say('one', 'two', 'three')
  })
  afterAll(() => gateway.stop())

  const overHttp: readonly [what: string, body: unknown, status: number, code: string][] = [
    ['a body of 10 MB', { query: '{ extra }', padding: 'x'.repeat(10 * 1024 * 1024) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['an introspection bomb', { query: documents.introspectionBomb }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['aliases by the thousand', { query: documents.aliases }, 400, 'OPERATION_TOO_COMPLEX'],
    ['a long chain of fragments', { query: documents.fragmentChain }, 400, 'OPERATION_TOO_COMPLEX'],
    ['fragments that double', { query: documents.fragmentBomb }, 400, 'OPERATION_TOO_COMPLEX'],
    ['deep fragments', { query: documents.deepFragments }, 400, 'OPERATION_TOO_COMPLEX'],
    [
      'deep JSON in a variable',
      `{"query":"${documents.person}","variables":{"id":${deep(100_000)}}}`,
      400,
      'INVALID_INPUT',
    ],
    ['deep JSON as variables', `{"query":"{ extra }","variables":${deep(100_000)}}`, 400, 'INVALID_INPUT'],
    [
      'deep JSON in extensions',
      `{"query":"${documents.person}","extensions":{"a":${deep(100_000)}}}`,
      400,
      'INVALID_INPUT',
    ],
    ['deep JSON', deep(100_000), 400, 'INVALID_INPUT'],
    ['an unknown document id', unknownId, 200, 'PERSISTED_QUERY_NOT_FOUND'],
  ]

  const post = async (body: unknown) => {
    const { status, errors } = await gateway.post(body)
    return { status, codes: errors?.map(({ extensions }) => extensions.code) }
  }

  test.each(overHttp)('%s over HTTP', async (_what, body, status, code) => {
    expect(await post(body)).toEqual({ status, codes: [code] })
    // A refusal that was seen before has the same answer.
    expect(await post(body)).toEqual({ status, codes: [code] })
  })

  /** A client that has said nothing yet, or that is admitted. */
  const connect = async (isAdmitted = true): Promise<RawClient> => {
    const client = await RawClient.open(
      Number(new URL(gateway.url).port),
      undefined,
      `\r\ncookie: parley_access=${token}`,
    )
    if (!isAdmitted) return client
    client.json({ type: 'connection_init' })
    await client.received(1)
    return client
  }
  const subscribe = (id: string, payload: object) => ({ id, type: 'subscribe', payload })
  const frames =
    (...all: Frame[]) =>
    (client: RawClient) => {
      for (const frame of all) client.frame(frame)
    }
  const texts =
    (...all: string[]) =>
    (client: RawClient) => {
      for (const text of all) client.text(text)
    }
  const text = opcodes.text

  const closed: readonly [what: string, code: number, send: (client: RawClient) => void][] = [
    ['a reserved opcode', 1002, frames({ opcode: 3 })],
    ['a frame without a mask', 1002, frames({ opcode: text, payload: '{}', masked: false })],
    ['text that is not UTF-8', 1007, frames({ opcode: text, payload: Buffer.from([0x7b, 0xff, 0x7d]) })],
    ['a frame of 10 MB', 1009, frames({ opcode: text, payload: Buffer.alloc(10 * 1024 * 1024, 32) })],
    ['a frame that claims 2^62 bytes', 1009, frames({ opcode: text, claims: 2n ** 62n })],
    ['a message that is no JSON', 4400, texts('{"type":')],
    ['a message of deep JSON', 4400, texts(deep(30_000))],
    ['a ping with deep JSON', 4400, texts(`{"type":"ping","payload":{"a":${deep(30_000)}}}`)],
    ['a second connection_init', 4429, texts('{"type":"connection_init"}')],
    [
      'an id that is in use',
      4409,
      (client) => {
        for (let times = 0; times < 2; times += 1) client.json(subscribe('1', { query: 'subscription { extraTicks }' }))
      },
    ],
  ]

  test.each(closed)('%s closes with %i', async (_what, code, send) => {
    const client = await connect()
    send(client)
    expect((await client.closed()).code).toBe(code)
  })

  test('subscribe before connection_init closes with 4401', async () => {
    const client = await connect(false)
    client.json(subscribe('1', { query: 'subscription { extraTicks }' }))
    expect((await client.closed()).code).toBe(4401)
  })

  const room = (id: unknown, after: unknown) => ({ query: documents.room, variables: { id, after } })
  const refused: readonly [what: string, payload: object | string, code: string][] = [
    [
      '@include at the root',
      { query: 'subscription ($on: Boolean = true) { extraTicks @include(if: $on) }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['@skip at the root', { query: 'subscription { extraTicks @skip(if: false) }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      '@skip of a root fragment',
      { query: 'subscription { ... @skip(if: false) { extraTicks } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['two root fields', { query: 'subscription { extraTicks whoAmI }' }, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'two root fields by fragments',
      {
        query:
          'subscription { ...A ...B } fragment A on Subscription { extraTicks } fragment B on Subscription { whoAmI }',
      },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'introspection at the root',
      { query: 'subscription { __schema { types { name } } }' },
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['an introspection bomb', { query: documents.introspectionBomb }, 'GRAPHQL_VALIDATION_FAILED'],
    ['aliases by the thousand', { query: documents.aliases }, 'OPERATION_TOO_COMPLEX'],
    ['fragments that double', { query: documents.fragmentBomb }, 'OPERATION_TOO_COMPLEX'],
    ['deep fragments', { query: documents.deepFragments }, 'OPERATION_TOO_COMPLEX'],
    [
      'deep JSON in a variable',
      `{"query":"${documents.room}","variables":{"id":"long","after":${deep(30_000)}}}`,
      'INVALID_INPUT',
    ],
    ['an unknown document id', { query: '', ...unknownId }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a cursor from the future', room('long', 4), 'CURSOR_AHEAD'],
    ['a cursor of another room', room('empty', 3), 'CURSOR_AHEAD'],
    ['a negative cursor', room('long', -1), 'INVALID_INPUT'],
    ['a cursor beyond 32 bits', room('long', 2 ** 31), 'INVALID_INPUT'],
    ['a cursor that is no number', room('long', '1'), 'INVALID_INPUT'],
    ['no cursor', room('long', null), 'INVALID_INPUT'],
  ]
  const payloadText = (payload: object | string) => (typeof payload === 'string' ? payload : JSON.stringify(payload))

  test.each(refused)('%s is refused, and its socket goes on', async (_what, payload, code) => {
    const client = await connect()
    client.text(`{"id":"1","type":"subscribe","payload":${payloadText(payload)}}`)
    const answer = (await client.received(2))[1] as { payload: { extensions: { code: string } }[] }
    expect(answer).toMatchObject({ id: '1', type: 'error' })
    expect(new Set(answer.payload.map(({ extensions }) => extensions.code))).toEqual(new Set([code]))
    client.json({ type: 'ping' })
    expect((await client.received(3))[2]).toEqual({ type: 'pong' })
    client.destroy()
  })

  const thousand = async () => {
    const client = await connect()
    for (let n = 0; n < 1_000; n += 1) client.json(subscribe(String(n), { query: 'subscription { extraTicks }' }))
    const types = (await client.received(1_001)).slice(1).map((message) => (message as { type: string }).type)
    client.json({ type: 'ping' })
    expect((await client.received(1_002)).at(-1)).toEqual({ type: 'pong' })
    client.destroy()
    return types
  }

  test('of a thousand subscriptions on one socket fifty run, the others are refused, and the socket goes on', async () => {
    const types = await thousand()
    expect(types.filter((type) => type === 'next')).toHaveLength(limits.subscriptionsPerSocket)
    expect(types.filter((type) => type === 'error')).toHaveLength(1_000 - limits.subscriptionsPerSocket)
  })

  test('nothing of all this is kept', async () => {
    const round = async () => {
      for (const [, body] of overHttp) await post(body)
      for (const [, , send] of closed) {
        const client = await connect()
        send(client)
        await client.closed()
      }
      for (const [, payload] of refused) {
        const client = await connect()
        client.text(`{"id":"1","type":"subscribe","payload":${payloadText(payload)}}`)
        await client.received(2)
        client.destroy()
      }
      await thousand()
      await until(() => gateway.openSockets === 0)
    }
    // Code is still being compiled in the first rounds. What is kept of each round is kept of every round: it would be
    // in the smallest growth too. A round is 50 clients and requests, and 1,000 operations.
    for (let times = 0; times < 4; times += 1) await round()
    const growth: number[] = []
    let before = usedBytes()
    for (let times = 0; times < 6; times += 1) {
      await round()
      const after = usedBytes()
      growth.push(after - before)
      before = after
    }
    expect(Math.min(...growth)).toBeLessThan(50_000)
  }, 120_000)
})

function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
