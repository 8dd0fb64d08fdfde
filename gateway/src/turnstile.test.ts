import { connect } from 'node:net'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import { limits } from './limits'
import { TestGateway } from './testing/test-gateway'

const perSecond = 10
const refusals = perSecond * limits.refusedShare * limits.burstSeconds
const refused = `{ extra ${'extra '.repeat(limits.fields)} }`

describe('a caller whose documents are refused again and again', () => {
  let gateway: TestGateway
  beforeAll(
    async () =>
      (gateway = await TestGateway.start({
        RATE_LIMIT_OPERATIONS_PER_SECOND: String(perSecond),
        RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: String(perSecond),
        TRUSTED_PROXIES: 'loopback',
      })),
  )
  beforeAll(() => gateway.query('{ extra }', from('192.0.2.9')))
  afterAll(() => gateway.stop())

  const from = (address: string) => ({ 'x-forwarded-for': address })
  const times = <Result>(count: number, ask: () => Promise<Result>) => Promise.all(Array.from({ length: count }, ask))

  test('is refused before its body is read, after a delay, and others are served meanwhile', async () => {
    const headers = from('192.0.2.1')
    for (const answer of await times(refusals, () => gateway.query(refused, headers)))
      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'OPERATION_TOO_COMPLEX' } }] })
    const started = performance.now()
    const answered = answerWithoutBody('192.0.2.1')
    expect(await gateway.query('{ extra }', from('192.0.2.2'))).toMatchObject({ status: 200 })
    expect(performance.now() - started).toBeLessThan(limits.held.ms)
    expect(await answered).toMatch(/^HTTP\/1.1 429 [^]*retry-after: 1\r\n[^]*"code":"RATE_LIMITED"/)
    expect(performance.now() - started).toBeGreaterThan(limits.held.ms * 0.9)
  })

  test('is refused over a socket before its document is read, and counts by session when signed in', async () => {
    const authorization = `Bearer ${await gateway.owner.token({ sessionId: 'refused' })}`
    const headers = { authorization, ...from('192.0.2.3') }
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    await once(socket, 'open')
    socket.send('{"type":"connection_init"}')
    await once(socket, 'message')
    const codeOf = async (query: string) => {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }))
      const [data] = (await once(socket, 'message')) as [Buffer]
      return /"code":"(\w+)"/.exec(data.toString())?.[1]
    }
    for (let sent = 0; sent < refusals; sent++) expect(await codeOf(refused)).toBe('OPERATION_TOO_COMPLEX')
    expect(await codeOf('subscription { extraTicks }')).toBe('RATE_LIMITED')
    expect(await gateway.query('{ extra }', from('192.0.2.3'))).toMatchObject({ status: 200 })
    socket.terminate()
  })

  /** Announces a body and sends none of it. */
  async function answerWithoutBody(address: string): Promise<string> {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    await once(socket, 'connect')
    const head = ['POST /graphql HTTP/1.1', 'host: x', `x-forwarded-for: ${address}`, 'content-type: application/json']
    socket.write([...head, 'content-length: 1000', '', ''].join('\r\n'))
    const [data] = (await once(socket, 'data')) as [Buffer]
    socket.destroy()
    return data.toString()
  }
})
