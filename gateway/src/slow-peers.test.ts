import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import { TestGateway } from './testing/test-gateway'

const crowd = <Peer>(size: number, make: () => Peer): Peer[] => Array.from({ length: size }, make)

describe('peers that are slow', () => {
  let gateway: TestGateway
  beforeEach(async () => (gateway = await TestGateway.start()))
  afterEach(() => gateway.stop())

  /** Sends this and no more; resolves when the gateway has closed the connection. */
  async function silentAfter(start: string): Promise<{ received: string; heldMs: number }> {
    const socket: Socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    let received = ''
    socket.on('data', (chunk: Buffer) => (received += chunk.toString()))
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    const connected = performance.now()
    socket.write(start)
    await once(socket, 'close')
    return { received, heldMs: performance.now() - connected }
  }

  async function webSocket(token?: string): Promise<WebSocket> {
    const headers = token === undefined ? {} : { cookie: `parley_access=${token}` }
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    await once(socket, 'open')
    return socket
  }

  const closeCode = async (socket: WebSocket) => ((await once(socket, 'close')) as [number])[0]

  test('400 unfinished requests of each kind are closed within 10 s, and others are served', async () => {
    const post = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    const closed = Promise.all([
      ...crowd(400, () => silentAfter('')),
      ...crowd(400, () => silentAfter(post)),
      ...crowd(400, () => silentAfter(`${post}content-length: 1000\r\n\r\n{"query":`)),
    ])
    const introductions = Promise.all(crowd(400, async () => closeCode(await webSocket())))
    expect((await gateway.query('{ extra }')).data).toEqual({ extra: 'extra' })
    expect(new Set(await introductions)).toEqual(new Set([4408]))
    for (const { received, heldMs } of await closed) {
      expect(received).toMatch(/^HTTP\/1\.1 408 [^]*"code":"INVALID_INPUT"/)
      expect(heldMs).toBeLessThan(10_000)
    }
  }, 30_000)

  test('clients that do not read are closed with 1013, and see it when they read again later', async () => {
    const token = await gateway.owner.token()
    const text = 'x'.repeat(256 * 1024)
    const readers = await Promise.all(crowd(10, () => webSocket(token)))
    for (const reader of readers) {
      await follow(reader)
      reader.pause()
    }
    const quick = await webSocket(token)
    await follow(quick)
    for (let seq = 2; gateway.graph.said.listeners > 1; seq++) {
      gateway.graph.said.send({ seq, text })
      await once(quick, 'message')
    }
    // Longer than the gateway waits for a normal close.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    const codes = Promise.all(readers.map(closeCode))
    for (const reader of readers) reader.resume()
    expect(await codes).toEqual(readers.map(() => 1013))
    quick.terminate()
  }, 60_000)

  async function follow(socket: WebSocket): Promise<void> {
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    const query = 'subscription { timeline(after: 1) { headSeq events { ... on MessageSent { text } } } }'
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
    await once(socket, 'message')
  }
})
