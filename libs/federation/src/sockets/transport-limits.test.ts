import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { EncodedResult } from '../operation-sink'
import { opcodes, RawClient } from './testing/raw-client'
import { TestServer } from './testing/test-server'
import { until } from './testing/until'

const subscribe = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } })

describe('time and limits', () => {
  let server: TestServer
  afterEach(() => server.stop())

  test('a client that says nothing is closed with 4408, and pings do not count', async () => {
    server = await TestServer.start({ introductionMs: 500 })
    const client = await RawClient.open(server.port)
    client.json({ type: 'ping' })
    expect(await client.closed()).toEqual({ code: 4408, reason: 'Connection initialisation timeout' })
  })

  test('a client whose admission is over is closed with 4403', async () => {
    server = await TestServer.start()
    const client = await RawClient.open(server.port)
    client.json({ type: 'connection_init' })
    await client.received(1)
    for (const connection of server.transport.connections) connection.expiresAt = Date.now()
    expect(await client.closed()).toEqual({ code: 4403, reason: 'Forbidden' })
  })

  test('a client that answers no pings is closed with 1013, one that does is not', async () => {
    server = await TestServer.start({ pingEveryMs: 500 })
    const [deaf, awake] = [await RawClient.open(server.port), await RawClient.open(server.port)]
    deaf.answersPings = false
    for (const client of [deaf, awake]) client.json({ type: 'connection_init' })
    expect(await deaf.closed()).toEqual({ code: 1013, reason: 'Slow consumer' })
    expect(awake.ending).toBeUndefined()
    awake.destroy()
  })

  test.each(['text', 'ping', 'pong'] as const)('too many messages close with 1008: %s', async (kind) => {
    server = await TestServer.start({ messages: { perSecond: 1, burst: 10 } })
    const client = await RawClient.open(server.port)
    const opcode = { text: 1, ping: 9, pong: 10 }[kind]
    for (let sent = 0; sent < 10; sent++) client.frame({ opcode, payload: kind === 'text' ? '{"type":"pong"}' : '' })
    client.frame({ opcode: 1, payload: '{"type":"ping"}' })
    expect(await client.closed()).toEqual({ code: 1008, reason: 'Too many messages' })
  })

  test('a reader that stops is closed with 1013 at the limit, and sees it when it reads again', async () => {
    server = await TestServer.start()
    const client = await RawClient.open(server.port)
    client.json({ type: 'connection_init' })
    client.json(subscribe('1', 'never'))
    await until(() => server.operations.has('never'))
    client.pause()
    const large = EncodedResult.of({ data: { text: 'x'.repeat(100_000) } })
    const operation = server.operations.get('never')
    let sent = 0
    while (operation?.isOpen === true && sent < 1_000) {
      operation.next(large)
      sent++
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(server.seen.stopped).toEqual(['never'])
    client.resume()
    expect(await client.closed()).toEqual({ code: 1013, reason: 'Slow consumer' })
    // What was handed over to the network before comes first and is whole.
    expect(client.messages.length).toBeLessThan(sent + 1)
  })

  test('a burst within one turn is no fault of a client that reads', async () => {
    server = await TestServer.start({ bufferedBytes: 256 * 1024 })
    const client = await RawClient.open(server.port)
    client.json({ type: 'connection_init' })
    client.json(subscribe('1', 'never'))
    await until(() => server.operations.has('never'))
    const each = EncodedResult.of({ data: { text: 'x'.repeat(1_000) } })
    for (let n = 0; n < 500; n++) server.operations.get('never')?.next(each)
    expect(await client.received(501)).toHaveLength(501)
    client.destroy()
  })

  test('a server that stops closes with 1012', async () => {
    server = await TestServer.start()
    const client = await RawClient.open(server.port)
    client.json({ type: 'connection_init' })
    await client.received(1)
    await server.transport.drain()
    expect(client.ending).toEqual({ code: 1012, reason: 'Service restart' })
  })
})

describe('memory', () => {
  const misdeeds: readonly ((client: RawClient) => void)[] = [
    (client) => client.text('nonsense'),
    (client) => client.json(subscribe('1', 'too early')),
    (client) => client.frame({ opcode: opcodes.binary }),
    (client) => client.frame({ opcode: opcodes.text, payload: Buffer.alloc(200_000, 32) }),
    (client) => client.frame({ opcode: opcodes.text, payload: '{}', masked: false }),
    (client) => {
      client.json({ type: 'connection_init' })
      for (let id = 0; id < 50; id++) client.json(subscribe(String(id), `never ${id}`))
      client.json(subscribe('1', 'again'))
    },
    (client) => {
      client.json({ type: 'connection_init', payload: { waits: true } })
      client.destroy()
    },
  ]

  test('does not grow by clients that misbehave', async () => {
    const server = await TestServer.start()
    const round = async () => {
      for (let times = 0; times < 20; times++) {
        const clients = await Promise.all(misdeeds.map(() => RawClient.open(server.port)))
        for (const [index, misdeed] of misdeeds.entries()) misdeed(clients[index]!)
        await Promise.all(clients.map((client) => client.closed()))
      }
      await until(() => server.transport.connections.size === 0)
      server.operations.clear()
      for (const list of [server.payloads, ...Object.values(server.seen)]) if (Array.isArray(list)) list.length = 0
      return usedBytes()
    }
    await round()
    const before = await round()
    const growth = Math.max(0, (await round()) - before, (await round()) - before)
    // 280 clients; one that was kept would be some 8 KB.
    expect(growth).toBeLessThan(500_000)
    await server.stop()
  }, 30_000)
})

function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

describe('many at once', () => {
  test('clients beyond those that may wait are refused with 503 or 1013, and others get through', async () => {
    const server = await TestServer.start({ beginnings: { perTurn: 1, waiting: 20 } })
    const clients = await Promise.all(Array.from({ length: 200 }, () => RawClient.open(server.port)))
    const isRefused = (client: RawClient) => client.handshake.startsWith('HTTP/1.1 503 ')
    const opened = clients.filter((client) => !isRefused(client))
    expect(opened.length).toBe(server.transport.connections.size)
    for (const client of opened) client.json({ type: 'connection_init' })
    const outcomes = await Promise.all(opened.map((client) => client.received(1).catch(() => client.ending?.code)))
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toContain('[{"type":"connection_ack"}]')
    expect(outcomes.filter((outcome) => typeof outcome === 'number' && outcome !== 1013)).toEqual([])
    for (const client of clients) client.destroy()
    await server.stop()
  })

  test('a client that leaves before its handshake leaves nothing', async () => {
    const server = await TestServer.start({ beginnings: { perTurn: 1, waiting: 1_000 } })
    const leaving = Array.from({ length: 50 }, () => RawClient.open(server.port).catch(() => undefined))
    for (const client of await Promise.all(leaving)) client?.destroy()
    await until(() => server.transport.connections.size === 0)
    await server.stop()
  })

  test('a stop closes one after the other, and each with 1012', async () => {
    const server = await TestServer.start({ drainEveryMs: 5 })
    const clients = await Promise.all(Array.from({ length: 100 }, () => RawClient.open(server.port)))
    const at: number[] = []
    const endings = Promise.all(
      clients.map(async (client) => {
        const { code } = await client.closed()
        at.push(performance.now())
        return code
      }),
    )
    await server.stop()
    expect(new Set(await endings)).toEqual(new Set([1012]))
    expect(Math.max(...at) - Math.min(...at)).toBeGreaterThan(250)
  })

  test('a handshake that waits when the server begins to stop is refused with 503', async () => {
    const server = await TestServer.start({ beginnings: { perTurn: 1, waiting: 10 } })
    const { beginnings } = server.transport
    let isHeld = true
    const hold = () => {
      if (isHeld) beginnings.run('operation', hold)
    }
    beginnings.run('operation', hold)
    const opening = RawClient.open(server.port)
    await until(() => beginnings.waiting === 2)
    const stopped = server.stop()
    isHeld = false
    const client = await opening
    expect(client.handshake).toMatch(/^HTTP\/1.1 503 /)
    client.destroy()
    await stopped
    expect(server.seen.closed).toEqual([])
  })
})
