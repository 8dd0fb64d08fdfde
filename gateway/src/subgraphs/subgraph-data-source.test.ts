import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import type { GatewayContext } from '../context'
import { CircuitBreaker } from './circuit-breaker'
import { SubgraphDataSource } from './subgraph-data-source'
import type { SubgraphSocket } from './subgraph-socket'

const noSocket = { takes: () => false } as unknown as SubgraphSocket
const mutation = 'mutation { say(text: "x") }'
const query = '{ mine: extra other }'
const entities = {
  query: 'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on P { a } } }',
  variables: { representations: [{}, {}] },
}

type Behaviour = (request: IncomingMessage, response: ServerResponse) => void

const answering: Behaviour = (_request, response) => void response.end('{"data":{"mine":1}}')
const hanging: Behaviour = () => undefined
const cutting: Behaviour = (request) => void request.socket.destroy()
const closing: Behaviour = (_request, response) => void response.writeHead(503).end('{"message":"Service Unavailable"}')
const garbled: Behaviour = (_request, response) => void response.writeHead(500).end('<html>')

describe('a call to a subgraph', () => {
  let server: Server
  let behaviour: Behaviour
  let calls: number
  const agent = new Agent({ connections: 4 })
  const breaker = new CircuitBreaker({ probe: () => Promise.resolve(), onChange: () => undefined })

  beforeAll(async () => {
    server = createServer((request, response) => {
      calls += 1
      request.resume().once('end', () => behaviour(request, response))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  beforeEach(() => {
    behaviour = answering
    calls = 0
  })
  afterAll(async () => {
    await agent.destroy()
    server.closeAllConnections()
    server.close()
  })

  const source = (port = (server.address() as AddressInfo).port, with_ = breaker): SubgraphDataSource =>
    new SubgraphDataSource(
      { name: 'extras', url: `http://127.0.0.1:${port}/graphql` },
      { dispatcher: agent, breaker: with_, socket: noSocket, isIdentity: false },
    )
  const contextOf = (leftMs: number): GatewayContext => ({
    requestId: 'request-1',
    authorization: undefined,
    deadline: performance.now() + leftMs,
  })
  const ask = async (request: object, leftMs = 5_000, of = source()) => {
    const { data, errors } = await of.process({ request, context: contextOf(leftMs) } as never)
    return { data, errors: errors?.map(({ path, extensions }) => ({ path, code: extensions?.['code'] })) }
  }

  test('is answered', async () => {
    expect(await ask({ query })).toEqual({ data: { mine: 1 }, errors: undefined })
  })

  test.each([
    ['hangs', hanging, 100],
    ['cuts the connection', cutting, 5_000],
    ['answers something else', garbled, 5_000],
  ])('a read of a subgraph that %s is UNAVAILABLE, field by field', async (_what, how, leftMs) => {
    behaviour = how
    expect(await ask({ query }, leftMs)).toEqual({
      data: null,
      errors: [
        { path: ['mine'], code: 'UNAVAILABLE' },
        { path: ['other'], code: 'UNAVAILABLE' },
      ],
    })
  })

  test.each([
    ['hangs', hanging, 100],
    ['cuts the connection', cutting, 5_000],
    ['answers something else', garbled, 5_000],
  ])('a write to a subgraph that %s may have been done, and is sent once', async (_what, how, leftMs) => {
    behaviour = how
    expect(await ask({ query: mutation }, leftMs)).toEqual({
      data: null,
      errors: [{ path: ['say'], code: 'OUTCOME_UNKNOWN' }],
    })
    expect(calls).toBe(1)
  })

  test('a write that was never sent is UNAVAILABLE: refused, closing, out of time, circuit open', async () => {
    const notDone = { data: null, errors: [{ path: ['say'], code: 'UNAVAILABLE' }] }
    const nothingThere = createServer().listen(0, '127.0.0.1')
    await once(nothingThere, 'listening')
    const { port } = nothingThere.address() as AddressInfo
    await new Promise((closed) => nothingThere.close(closed))
    expect(await ask({ query: mutation }, 5_000, source(port))).toEqual(notDone)
    expect(await ask({ query: mutation }, -1)).toEqual(notDone)
    const open = { isOpen: true, watch: () => () => undefined } as unknown as CircuitBreaker
    expect(await ask({ query: mutation }, 5_000, source(undefined, open))).toEqual(notDone)
    expect(calls).toBe(0)
    behaviour = closing
    expect(await ask({ query: mutation })).toEqual(notDone)
  })

  test('a read is given up when the subgraph is found to hang, and a write is not', async () => {
    behaviour = (_request, response) => void setTimeout(() => response.end('{"data":{"say":true}}'), 50)
    const finding = {
      isOpen: false,
      watch: (giveUp?: () => void) => {
        giveUp?.()
        return () => undefined
      },
    } as unknown as CircuitBreaker
    const source_ = source(undefined, finding)
    expect((await ask({ query }, 5_000, source_)).errors).toEqual([
      { path: ['mine'], code: 'UNAVAILABLE' },
      { path: ['other'], code: 'UNAVAILABLE' },
    ])
    expect(await ask({ query: mutation }, 5_000, source_)).toEqual({ data: { say: true }, errors: undefined })
  })

  test('a read is sent again after a cut connection, within the same deadline', async () => {
    behaviour = (request, response) => (calls === 1 ? cutting : answering)(request, response)
    expect(await ask({ query })).toMatchObject({ data: { mine: 1 } })
    expect(calls).toBe(2)
  })

  test('each missing entity has its own error', async () => {
    behaviour = cutting
    expect((await ask(entities)).errors?.map(({ path }) => path)).toEqual([
      ['_entities', 0],
      ['_entities', 1],
    ])
  })
})
