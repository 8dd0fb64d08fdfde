import { once } from 'node:events'
import { WebSocket } from 'ws'
import { requestsFrom, type Sent } from './testing/documents'
import { type Answer, TestGateway } from './testing/test-gateway'

const seed = 20_261_128
const requests = requestsFrom(seed, 10_000)
const unlimited = '1000000'

interface Message {
  readonly id: string
  readonly type: 'next' | 'error' | 'complete' | 'connection_ack'
  readonly payload?: unknown
}

interface Failure {
  readonly extensions?: { readonly code?: string }
}

const codesOf = (errors: readonly Failure[] = []) => errors.map(({ extensions }) => extensions?.code)
const isTyped = (code: string | undefined) => code !== undefined && code !== 'INTERNAL'

/** All but what every request has for itself. */
const comparable = ({ status, data, errors }: Answer): string =>
  JSON.stringify([status, data, errors]).replaceAll(/,?"requestId":"[^"]*"/g, '')

const reached = [
  'answered',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INVALID_INPUT',
  'OPERATION_TOO_COMPLEX',
  'UNAUTHENTICATED',
]

describe(`10,000 documents of the grammar (seed ${seed})`, () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await TestGateway.start({
      TRUSTED_PROXIES: 'loopback',
      RATE_LIMIT_OPERATIONS_PER_SECOND: unlimited,
      RATE_LIMIT_MUTATIONS_PER_SECOND: unlimited,
      RATE_LIMIT_MESSAGES_PER_SOCKET_PER_SECOND: unlimited,
    })
  }, 60_000)
  afterAll(() => gateway.stop(), 30_000)

  /** Processes all requests, `parallel` at a time. */
  async function all(parallel: number, ask: (sent: Sent, index: number) => Promise<void>): Promise<void> {
    const left = requests.entries()
    const worker = async () => {
      for (const [index, sent] of left) await ask(sent, index)
    }
    await Promise.all(Array.from({ length: parallel }, worker))
  }

  test('get a result or a typed error, over HTTP and over WebSocket', async () => {
    const bad: unknown[] = []
    const seen = new Map<string, number>()
    const count = (code: string) => seen.set(code, (seen.get(code) ?? 0) + 1)
    // Each from its own address, since the new documents of one address are limited.
    await all(16, async (sent, index) => {
      const address = `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`
      const headers = { 'x-forwarded-for': address, accept: 'application/graphql-response+json' }
      const first = await gateway.post(sent, headers)
      const { status, errors } = first
      const codes = codesOf(errors)
      for (const code of codes.length === 0 ? ['answered'] : codes) count(String(code))
      if (status >= 500 || !codes.every(isTyped)) bad.push({ sent, status, errors })
      // Now it is known: it takes the short way, unless it has something unusual. Every third, for the sake of time.
      if (status !== 200 || index % 3 > 0) return
      const again = await gateway.post(sent, headers)
      if (comparable(again) !== comparable(first)) bad.push({ sent, first, again })
    })
    expect(bad).toEqual([])
    // The grammar must reach all of these codes often enough.
    expect(reached.filter((code) => (seen.get(code) ?? 0) < 20)).toEqual([])
    expect(gateway.answeredTheShortWay).toBeGreaterThan(300)
    expect(await overWebSocket()).toEqual([])
  }, 360_000)

  /** Unexpected results. HTTP has made the documents known already, so they do not count as new ones. */
  async function overWebSocket(): Promise<unknown[]> {
    const headers = { cookie: `parley_access=${await gateway.owner.token()}` }
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    const waiting = new Map<string, (message: Message) => void>()
    const bad: unknown[] = []
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message
      waiting.get(message.id)?.(message)
    })
    socket.on('close', (code) => {
      bad.push({ code })
      for (const [id, wake] of waiting) wake({ id, type: 'complete' })
    })
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    await all(16, async (sent, index) => {
      if (socket.readyState !== WebSocket.OPEN) return
      const id = String(index)
      const first = new Promise<Message>((resolve) => waiting.set(id, resolve))
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: sent }))
      const { type, payload } = await first
      waiting.delete(id)
      if (type === 'next') socket.send(JSON.stringify({ id, type: 'complete' }))
      const errors = type === 'error' ? (payload as Failure[]) : (payload as { errors?: Failure[] } | undefined)?.errors
      if (!codesOf(errors).every(isTyped)) bad.push({ sent, type, payload })
    })
    const failures = [...bad]
    socket.terminate()
    return failures
  }
})
