import { opcodes, RawClient, type Frame } from './testing/raw-client'
import { TestServer } from './testing/test-server'

const { continuation, text, binary, close, ping, pong } = opcodes

const bytes = (...values: number[]) => Buffer.from(values)
const closeWith = (code: number, reason: Buffer | string = '') =>
  Buffer.concat([bytes(code >> 8, code & 0xff), Buffer.from(reason as string)])

describe('frames of WebSocket', () => {
  let server: TestServer
  beforeAll(async () => (server = await TestServer.start()))
  afterAll(() => server.stop())

  const introduced = async (): Promise<RawClient> => {
    const client = await RawClient.open(server.port)
    client.json({ type: 'connection_init' })
    await client.received(1)
    return client
  }

  test.each<[string, number, Frame[]]>([
    ['a frame without a mask', 1002, [{ opcode: text, payload: '{}', masked: false }]],
    ['RSV1 without an extension', 1002, [{ opcode: text, payload: '{}', reserved: 0x40 }]],
    ['RSV2', 1002, [{ opcode: text, payload: '{}', reserved: 0x20 }]],
    ['RSV3', 1002, [{ opcode: text, payload: '{}', reserved: 0x10 }]],
    ['a reserved opcode', 1002, [{ opcode: 3 }]],
    ['a reserved control opcode', 1002, [{ opcode: 11 }]],
    ['a fragmented ping', 1002, [{ opcode: ping, fin: false }]],
    ['a ping of 126 bytes', 1002, [{ opcode: ping, payload: Buffer.alloc(126) }]],
    ['a fragmented close', 1002, [{ opcode: close, fin: false, payload: closeWith(1000) }]],
    ['a continuation of nothing', 1002, [{ opcode: continuation, payload: '{}' }]],
    [
      'a message within a fragmented one',
      1002,
      [
        { opcode: text, payload: '{', fin: false },
        { opcode: text, payload: '}' },
      ],
    ],
    ['a close of one byte', 1002, [{ opcode: close, payload: bytes(3) }]],
    ['a close code below 1000', 1002, [{ opcode: close, payload: closeWith(999) }]],
    ['a close code that is never sent', 1002, [{ opcode: close, payload: closeWith(1005) }]],
    ['a close reason that is not UTF-8', 1007, [{ opcode: close, payload: closeWith(1000, bytes(0xc3, 0x28)) }]],
    ['text that is not UTF-8', 1007, [{ opcode: text, payload: bytes(0x7b, 0xff, 0x7d) }]],
    [
      'a character cut in half by the end of the message',
      1007,
      [
        { opcode: text, payload: bytes(0x22, 0xe2, 0x82), fin: false },
        { opcode: continuation, payload: bytes(0x22) },
      ],
    ],
    ['a binary message', 1003, [{ opcode: binary, payload: '{"type":"ping"}' }]],
    ['an empty binary message', 1003, [{ opcode: binary }]],
    ['a message of one byte more than allowed', 1009, [{ opcode: text, payload: Buffer.alloc(64 * 1024 + 1, 32) }]],
    ['a message of 10 MB', 1009, [{ opcode: text, payload: Buffer.alloc(10 * 1024 * 1024, 32) }]],
    [
      'fragments of too much in all',
      1009,
      Array.from({ length: 5 }, (_, index) => ({
        opcode: index === 0 ? text : continuation,
        fin: false,
        payload: Buffer.alloc(16 * 1024, 32),
      })),
    ],
    ['a length of 2^62', 1009, [{ opcode: text, claims: 2n ** 62n }]],
  ])('%s closes with %i', async (_what, code, frames) => {
    const client = await introduced()
    for (const frame of frames) client.frame(frame)
    expect((await client.closed()).code).toBe(code)
  })

  test('a close is answered with its code', async () => {
    const client = await introduced()
    client.frame({ opcode: close, payload: closeWith(1000, 'done') })
    expect(await client.closed()).toEqual({ code: 1000, reason: 'done' })
  })

  test('a close without a code is answered without one', async () => {
    const client = await introduced()
    client.frame({ opcode: close })
    expect((await client.closed()).code).toBe(1005)
  })

  test('a fragmented message is one message, and a ping between its fragments is answered', async () => {
    const client = await introduced()
    client.frame({ opcode: text, payload: '{"type":"pi', fin: false })
    client.frame({ opcode: ping, payload: 'between' })
    client.frame({ opcode: continuation, payload: '', fin: false })
    client.frame({ opcode: continuation, payload: 'ng"}' })
    expect((await client.received(2))[1]).toEqual({ type: 'pong' })
    expect(client.pongs).toEqual(['between'])
    client.destroy()
  })

  test('a character cut in half by a fragment is whole', async () => {
    const client = await introduced()
    const whole = Buffer.from('{"type":"ping","payload":{"text":"€"}}')
    client.frame({ opcode: text, payload: whole.subarray(0, 35), fin: false })
    client.frame({ opcode: continuation, payload: whole.subarray(35) })
    expect((await client.received(2))[1]).toEqual({ type: 'pong', payload: { text: '€' } })
    client.destroy()
  })

  test('a message of exactly the limit is read', async () => {
    const client = await introduced()
    client.text('{"type":"ping"}'.padEnd(64 * 1024))
    expect((await client.received(2))[1]).toEqual({ type: 'pong' })
    client.destroy()
  })

  test('an unasked pong is no fault', async () => {
    const client = await introduced()
    client.frame({ opcode: pong, payload: 'x' })
    client.json({ type: 'ping' })
    await client.received(2)
    client.destroy()
  })

  test('compression that the client offers is not taken', async () => {
    const offer = '\r\nsec-websocket-extensions: permessage-deflate; client_max_window_bits'
    const client = await RawClient.open(server.port, 'graphql-transport-ws', offer)
    expect(client.handshake).toMatch(/^HTTP\/1\.1 101 /)
    expect(client.handshake.toLowerCase()).not.toContain('sec-websocket-extensions')
    client.destroy()
  })

  test.each([
    ['graphql-transport-ws', 'graphql-transport-ws'],
    ['graphql-ws, graphql-transport-ws', 'graphql-transport-ws'],
    ['graphql-ws', undefined],
    [null, undefined],
  ])('of the protocols %s, %s is spoken, or the socket closes with 4406', async (offered, spoken) => {
    const client = await RawClient.open(server.port, offered)
    const answered = /sec-websocket-protocol: (\S+)/i.exec(client.handshake)?.[1]
    expect(answered).toBe(spoken)
    if (spoken === undefined)
      expect(await client.closed()).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' })
    else client.destroy()
  })
})
