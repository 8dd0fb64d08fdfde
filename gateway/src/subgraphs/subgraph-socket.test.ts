import { setTimeout as delay } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import { FetchOperation, PlannedFetch } from '@parley/federation/operations/fetch-operation'
import { Agent } from 'undici'
import type { Browser, GatewayContext } from '../context'
import { answerWith, FetchSubgraph, say } from '../testing/fetch-subgraph'
import { CircuitBreaker } from './circuit-breaker'
import { SubgraphDataSource } from './subgraph-data-source'
import { SubgraphSocket } from './subgraph-socket'

const read = new FetchOperation({ operation: '{ way }' })
const write = new FetchOperation({ operation: 'mutation { way }' })
const missingPaths = () => [['way']]
const overSocket = { data: { way: 'socket' } }
const overHttp = { data: { way: 'http' } }

beforeAll(() => {
  Logger.overrideLogger(false)
})

describe('fetches over the socket of a subgraph', () => {
  const agent = new Agent({ connections: 4 })
  const breaker = new CircuitBreaker({ probe: () => Promise.resolve(), onChange: () => undefined })
  let subgraph: FetchSubgraph
  let socket: SubgraphSocket
  let isIdentity: boolean
  let url: string

  beforeEach(async () => {
    subgraph = new FetchSubgraph()
    isIdentity = false
    url = await subgraph.start()
    socket = new SubgraphSocket(url, breaker)
  })
  afterEach(() => {
    socket.close()
    subgraph.stop()
  })
  afterAll(async () => {
    breaker.stop()
    await agent.destroy()
  })

  const ask = async (operation: FetchOperation, context: Partial<GatewayContext> = {}, variables = '{}') => {
    const source = new SubgraphDataSource({ name: 'way', url }, { dispatcher: agent, breaker, socket, isIdentity })
    const fetch = new PlannedFetch(() => ({ operation, variables }), operation === write, missingPaths)
    const deadline = performance.now() + 5_000
    return source.ask(fetch, { requestId: 'request-1', authorization: undefined, deadline, ...context })
  }
  const codesOf = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.map(({ extensions }) => extensions?.['code'])
  const whenUp = () => new Promise<void>((resolve) => (socket.watcher = { up: () => resolve(), lost: () => undefined }))
  const connect = async () => {
    socket.client.want()
    await whenUp()
  }

  test('the first goes over HTTP and opens the connection; its text is sent once, and then its hash', async () => {
    const isUp = whenUp()
    expect(await ask(read)).toEqual(overHttp)
    await isUp
    const authorization = 'Bearer "token"'
    for (const variables of ['{"n":1}', '{"n":2}']) {
      expect(await ask(read, { authorization }, variables)).toEqual(overSocket)
    }
    const persistedQuery = { version: 1, sha256Hash: read.id }
    const extensions = { persistedQuery, requestId: 'request-1', authorization }
    expect(subgraph.overSocket).toEqual([
      { id: '1', query: '{ way }', variables: { n: 1 }, extensions },
      { id: '2', query: '', variables: { n: 2 }, extensions },
    ])
    expect([subgraph.overHttp.length, subgraph.connections]).toEqual([1, 1])
  })

  test.each([
    ['does not offer it', { type: 'connection_ack' }],
    ['offers another version', { type: 'connection_ack', payload: { fetches: 2 } }],
  ])('a subgraph that %s is asked over HTTP', async (_what, acknowledgement) => {
    subgraph.acknowledgement = acknowledgement
    await connect()
    expect(await ask(read)).toEqual(overHttp)
    expect(subgraph.overSocket).toEqual([])
  })

  test('one that hangs ends alone at its deadline, and the subgraph is told', async () => {
    await connect()
    subgraph.answer = (to, fetch) => {
      if (fetch.variables['n'] !== 1) answerWith(overSocket)(to, fetch)
    }
    const deadline = performance.now() + 100
    const [hanging, other] = await Promise.all([ask(read, { deadline }, '{"n":1}'), ask(read, {}, '{"n":2}')])
    expect([codesOf(hanging), other]).toEqual([['UNAVAILABLE'], overSocket])
    expect(await ask(read)).toEqual(overSocket)
    expect([subgraph.left, subgraph.connections, subgraph.overHttp]).toEqual([['1'], 1, []])
  })

  test('a lost connection: a read is sent again over HTTP, a write is not and may have been done', async () => {
    await connect()
    subgraph.answer = (to) => to.terminate()
    const [again, open] = await Promise.all([ask(read), ask(write)])
    expect([again, codesOf(open)]).toEqual([overHttp, ['OUTCOME_UNKNOWN']])
    expect([subgraph.overSocket.length, subgraph.overHttp.length]).toEqual([2, 1])
  })

  test('what the subgraph does not take is asked over HTTP, also a write, and then with its text again', async () => {
    await connect()
    await ask(write)
    const taking = subgraph.answer
    subgraph.answer = (to, { id }) => say(to, { id, type: 'error', payload: [{ message: 'Send the text.' }] })
    expect(await ask(write)).toEqual(overHttp)
    subgraph.answer = taking
    expect(await ask(write)).toEqual(overSocket)
    expect(subgraph.overSocket.map(({ query }) => query)).toEqual(['mutation { way }', '', 'mutation { way }'])
  })

  test('a subgraph that leaves is told that this is known, and is asked over HTTP, also for a write', async () => {
    await connect()
    subgraph.answer = (to, fetch) => {
      say(to, { type: 'ping', payload: { leaving: true } })
      answerWith(overSocket)(to, fetch)
    }
    expect(await ask(read)).toEqual(overSocket)
    expect([await ask(write), await ask(read), subgraph.ponged]).toEqual([overHttp, overHttp, [{ leaving: true }]])
  })

  test('a connection that closes takes nothing more', async () => {
    await connect()
    subgraph.answer = (to, fetch) => {
      answerWith(overSocket)(to, fetch)
      to.close(1001)
      // It does not see the gateway's answer: the connection stays half closed.
      to.pause()
    }
    expect(await ask(read)).toEqual(overSocket)
    const lost = jest.fn()
    socket.watcher = { up: () => undefined, lost }
    while (socket.client.isUp) await delay(10)
    expect([await ask(write), lost.mock.calls]).toEqual([overHttp, []])
  })

  test("writes of the identity subgraph go over HTTP, with cookies in both directions; others' do not", async () => {
    const setCookies = jest.fn()
    const browser: Browser = { cookies: 'session=1', address: '10.0.0.1', userAgent: undefined, setCookies }
    subgraph.respond = (response) => response.setHeader('set-cookie', 'session=2').end(JSON.stringify(overHttp))
    await connect()
    expect(await ask(write, { browser })).toEqual(overSocket)
    isIdentity = true
    expect(await ask(write, { browser })).toEqual(overHttp)
    expect(await ask(read, { browser })).toEqual(overSocket)
    expect(setCookies.mock.calls).toEqual([[['session=2']]])
    expect(subgraph.overHttp.map(({ headers }) => headers.cookie)).toEqual(['session=1'])
  })

  test('a long one goes over HTTP', async () => {
    await connect()
    expect(await ask(read, {}, JSON.stringify({ text: 'x'.repeat(70_000) }))).toEqual(overHttp)
    expect(await ask(read, {}, JSON.stringify({ text: 'x'.repeat(60_000) }))).toEqual(overSocket)
    const long = new FetchOperation({ operation: `{ way ${'way '.repeat(10_000)}}` })
    const variables = (length: number) => JSON.stringify({ text: 'x'.repeat(length) })
    expect(await ask(long, {}, variables(30_000))).toEqual(overHttp)
    expect(await ask(long, {}, variables(10_000))).toEqual(overSocket)
    expect(await ask(long, {}, variables(60_000))).toEqual(overSocket)
  })

  test.each([
    ['no GraphQL answer', answerWith({ data: 'text' })],
    ['no answer', (to, { id }) => say(to, { id, type: 'complete' })],
  ] as [string, FetchSubgraph['answer']][])('%s fails that fetch alone', async (_what, answer) => {
    await connect()
    subgraph.answer = answer
    expect([codesOf(await ask(read)), codesOf(await ask(write))]).toEqual([['UNAVAILABLE'], ['OUTCOME_UNKNOWN']])
    subgraph.answer = answerWith(overSocket)
    expect([await ask(read), subgraph.connections, subgraph.overHttp.length]).toEqual([overSocket, 1, 0])
  })

  test('errors of fields come with the data', async () => {
    await connect()
    const errors = [{ message: 'No.', path: ['way'], extensions: { category: 'auth', code: 'FORBIDDEN' } }]
    subgraph.answer = answerWith({ data: { way: null }, errors })
    expect(await ask(read)).toEqual({ data: { way: null }, errors })
  })

  test('a new connection is sent the texts again', async () => {
    await connect()
    await ask(read)
    subgraph.answer = (to) => to.terminate()
    await ask(read)
    subgraph.answer = answerWith(overSocket)
    while (!socket.client.isUp) {
      socket.client.want()
      await delay(10)
    }
    await ask(read)
    expect(subgraph.overSocket.map(({ query }) => query)).toEqual(['{ way }', '', '{ way }'])
  })
})
