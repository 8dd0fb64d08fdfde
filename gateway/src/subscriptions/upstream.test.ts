import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Logger } from '@nestjs/common'
import { type WebSocket, WebSocketServer } from 'ws'
import { CircuitBreaker } from '../subgraphs/circuit-breaker'
import type { UpstreamEvent } from './event-stream'
import { SubgraphSocket } from '../subgraphs/subgraph-socket'
import { Upstream } from './upstream'

interface Message {
  readonly id: string
  readonly type: string
}

/** Answers one message of a gateway. */
type Behaviour = (socket: WebSocket, message: Message) => void

const say = (socket: WebSocket, message: object) => socket.send(JSON.stringify(message))
const result = { data: { n: 1 } }

const well: Behaviour = (socket, { id, type }) => {
  if (type === 'connection_init') say(socket, { type: 'connection_ack' })
  if (type === 'ping') say(socket, { type: 'pong' })
  if (type !== 'subscribe') return
  say(socket, { id, type: 'next', payload: result })
  say(socket, { id, type: 'complete' })
}

/** Behaves well except for one type of message. */
const wellBut =
  (badType: string, bad: Behaviour): Behaviour =>
  (socket, message) =>
    message.type === badType ? bad(socket, message) : well(socket, message)

const onInit = (bad: Behaviour) => wellBut('connection_init', bad)
const onSubscribe = (bad: Behaviour) => wellBut('subscribe', bad)

/** A subgraph whose first connection misbehaves. */
class FakeSubgraph {
  readonly completed: string[] = []
  readonly #server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'graphql-transport-ws' })

  constructor(private behaviours: readonly Behaviour[]) {
    this.#server.on('connection', (socket) => {
      const [behaviour = well, ...later] = this.behaviours
      this.behaviours = later
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as Message
        if (message.type === 'complete') this.completed.push(message.id)
        behaviour(socket, message)
      })
    })
  }

  get connections(): number {
    return this.#server.clients.size
  }

  async url(): Promise<string> {
    if (this.#server.address() === null) await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`
  }

  stop(): void {
    for (const socket of this.#server.clients) socket.terminate()
    this.#server.close()
  }
}

beforeAll(() => {
  Logger.overrideLogger(false)
})

let subgraph: FakeSubgraph
let socket: SubgraphSocket
let upstream: Upstream
const breaker = new CircuitBreaker({ probe: async () => undefined, onChange: () => undefined })
const stop = () => {
  upstream.dispose()
  socket.close()
  subgraph.stop()
}
afterEach(stop)
afterAll(() => breaker.stop())

async function start(...behaviours: Behaviour[]): Promise<void> {
  subgraph = new FakeSubgraph(behaviours)
  socket = new SubgraphSocket(await subgraph.url(), breaker)
  upstream = new Upstream('fake', socket, breaker)
}

interface Outcome {
  readonly events: UpstreamEvent[]
  readonly end: unknown
}

/** One operation until its end. */
const run = (variables = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    const events: UpstreamEvent[] = []
    upstream.subscribe(
      { query: 'subscription { n }', variables },
      {
        next: (event) => events.push(event),
        error: (end) => resolve({ events, end }),
        complete: () => resolve({ events, end: 'complete' }),
      },
    )
  })

const served = { events: [result], end: 'complete' }
const codeOf = (end: unknown) => (end as { code?: string }).code

const closeWith =
  (code: number): Behaviour =>
  (socket) =>
    socket.close(code)
const write =
  (text: string | Buffer): Behaviour =>
  (socket) => {
    socket.send(text)
  }

test.each<[string, Behaviour]>([
  ['never acknowledges', onInit(() => undefined)],
  ['breaks the connection before it acknowledges', onInit((socket) => socket.terminate())],
  ...[1000, 1011, 1012, 4400, 4401, 4403, 4406, 4408, 4429, 4500].map((code): [string, Behaviour] => [
    `closes with ${code} before it acknowledges`,
    onInit(closeWith(code)),
  ]),
  ['answers before it acknowledges', onInit(write('{"id":"1","type":"next","payload":{"data":{}}}'))],
  ['refuses before it acknowledges', onInit(write('{"id":"1","type":"error","payload":[{"message":"x"}]}'))],
  ['writes no JSON for an acknowledgement', onInit(write('x'))],
  ['closes with 4409', onSubscribe(closeWith(4409))],
  ['closes with 1011 during an operation', onSubscribe(closeWith(1011))],
  ['breaks the connection during an operation', onSubscribe((socket) => socket.terminate())],
  ['writes no JSON', onSubscribe(write('x'))],
  ['writes bytes', onSubscribe(write(Buffer.from([1, 2, 3])))],
  ['writes an unknown type', onSubscribe(write('{"type":"start"}'))],
  ['writes a list', onSubscribe(write('[]'))],
  ['sends a result without a payload', onSubscribe((socket, { id }) => say(socket, { id, type: 'next' }))],
  ['sends a result that is a text', onSubscribe((socket, { id }) => say(socket, { id, type: 'next', payload: 'x' }))],
  ['refuses without errors', onSubscribe((socket, { id }) => say(socket, { id, type: 'error', payload: {} }))],
  ['ends without an id', onSubscribe(write('{"type":"complete"}'))],
])(
  'a subgraph that %s is served later or reported as unavailable, and does not harm the next operation',
  async (_what, bad) => {
    await start(bad)
    const { events, end } = await run()
    if (end === 'complete') expect(events).toEqual([result])
    else expect(codeOf(end)).toBe('UNAVAILABLE')
    expect(await run()).toEqual(served)
  },
  20_000,
)

test('messages for operations that nobody has are ignored', async () => {
  await start(
    onSubscribe((socket, message) => {
      for (const id of ['unknown', '__proto__', 'constructor']) {
        say(socket, { id, type: 'next', payload: { data: { n: 2 } } })
        say(socket, { id, type: 'error', payload: [{ message: 'x' }] })
        say(socket, { id, type: 'complete' })
      }
      well(socket, message)
      say(socket, { id: message.id, type: 'next', payload: { data: { n: 3 } } })
      say(socket, { id: message.id, type: 'complete' })
    }),
  )
  expect(await run()).toEqual(served)
  expect(await run()).toEqual(served)
  expect(subgraph.connections).toBe(1)
})

test('an operation that has received something is not begun again when its connection is lost', async () => {
  await start(
    onSubscribe((socket, { id }) => {
      say(socket, { id, type: 'next', payload: result })
      setImmediate(() => socket.terminate())
    }),
  )
  const { events, end } = await run()
  expect(events).toEqual([result])
  expect(codeOf(end)).toBe('UNAVAILABLE')
})

test('an operation waits for the next connection when the subgraph leaves this one', async () => {
  let leave: () => void = () => undefined
  await start(
    onSubscribe((socket, message) => {
      say(socket, { type: 'ping', payload: { leaving: true } })
      well(socket, message)
      leave = () => socket.close(1001)
    }),
  )
  expect(await run()).toEqual(served)
  const next = run()
  expect(socket.client.isUp).toBe(false)
  leave()
  expect(await next).toEqual(served)
})

test('one that is too long for a message ends alone', async () => {
  await start(well, closeWith(1011))
  expect(await run()).toEqual(served)
  const { end } = await run({ numbers: Array.from({ length: 50_000 }, () => 1e20) })
  expect(codeOf(end)).toBe('PAYLOAD_TOO_LARGE')
  expect([await run(), subgraph.connections]).toEqual([served, 1])
})

test("errors with a category and a code are the subgraph's own, others are a defect", async () => {
  const refuse = (extensions: object): Behaviour =>
    onSubscribe((socket, { id }) => say(socket, { id, type: 'error', payload: [{ message: 'No.', extensions }] }))
  await start(refuse({ category: 'auth', code: 'FORBIDDEN' }))
  expect((await run()).end).toMatchObject({ code: 'FORBIDDEN', message: 'No.' })
  stop()
  await start(refuse({}))
  const { end } = await run()
  expect(end).toBeInstanceOf(Error)
  expect(codeOf(end)).toBeUndefined()
})

test('an operation that its subscriber stops is completed at the subgraph, and nothing more comes of it', async () => {
  let send: () => void = () => undefined
  await start(
    onSubscribe((socket, message) => {
      if (subgraph.completed.length > 0) {
        well(socket, message)
        return
      }
      send = () => say(socket, { id: message.id, type: 'next', payload: result })
      send()
    }),
  )
  const events: UpstreamEvent[] = []
  let received: () => void = () => undefined
  const first = new Promise<void>((resolve) => (received = resolve))
  const ended: unknown[] = []
  const stop = upstream.subscribe(
    { query: 'subscription { n }' },
    {
      next: (event) => {
        events.push(event)
        received()
      },
      error: (error) => ended.push(error),
      complete: () => ended.push('complete'),
    },
  )
  await first
  stop()
  send()
  expect(await run()).toEqual(served)
  expect({ events, ended, completed: subgraph.completed.length }).toEqual({ events: [result], ended: [], completed: 1 })
})
