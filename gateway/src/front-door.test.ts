import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { WebSocket, WebSocketServer } from 'ws'
import { TestGateway } from './testing/test-gateway'

describe('front door', () => {
  let gateway: TestGateway
  let web: Server
  beforeAll(async () => {
    web = createServer((request, response) => {
      let received = ''
      request.on('data', (chunk: Buffer) => (received += chunk.toString()))
      request.on('end', () => {
        response.setHeader('x-frame-options', 'SAMEORIGIN').end(`${request.method} ${request.url} ${received.length}`)
      })
    })
    new WebSocketServer({ server: web }).on('connection', (socket, { url }) => socket.send(`hello ${url ?? ''}`))
    await new Promise<void>((listening) => web.listen(0, '127.0.0.1', listening))
    gateway = await TestGateway.start({
      NODE_ENV: 'development',
      WEB_URL: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    })
  })
  afterAll(async () => {
    await gateway.stop()
    web.close()
  })

  test('every path that is not of the API goes to the web client unchanged', async () => {
    const page = await fetch(`${gateway.url}/c/1?x=%20y`)
    expect(await page.text()).toBe('GET /c/1?x=%20y 0')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    const form = await fetch(`${gateway.url}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"not json',
    })
    expect(await form.text()).toBe('POST / 10')
  })

  test("in development the web client's own sockets pass through", async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/_next/webpack-hmr?id=1`)
    const [greeting] = (await once(socket, 'message')) as [Buffer]
    expect(greeting.toString()).toBe('hello /_next/webpack-hmr?id=1')
    socket.terminate()
  })

  test('health is answered by the gateway itself', async () => {
    expect(await (await fetch(`${gateway.url}/health/live`)).json()).toEqual({ status: 'ok' })
    const ready = await fetch(`${gateway.url}/health/ready`)
    expect({ status: ready.status, body: (await ready.json()) as unknown }).toMatchObject({
      status: 200,
      body: { info: { supergraph: { status: 'up' } } },
    })
  })

  test('the explorer is one page that needs no network, compressed, and cached by the browser', async () => {
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.url).toBe(`${gateway.url}/explorer`)
    expect(page.headers.get('content-type')).toMatch(/text\/html/)
    expect(page.headers.get('content-encoding')).toBe('br')
    expect(page.headers.get('cache-control')).toBe('private, max-age=3600')
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'sha256-[^']+'/)
    const html = await page.text()
    expect(html).toContain('API explorer')
    expect(html).not.toMatch(/<script[^>]+src="https?:/)
    const etag = page.headers.get('etag') ?? ''
    // Sends the ETag itself: fetch would ask without a cache.
    const again = await fetch(`${gateway.url}/explorer`, { headers: { 'if-none-match': etag }, cache: 'no-store' })
    expect(again.status).toBe(304)
    // Jest needs long to load 9 MB of source.
  }, 60_000)

  test('a page is shown when the web client is down', async () => {
    web.closeAllConnections()
    await new Promise((closed) => web.close(closed))
    const page = await fetch(`${gateway.url}/anything`)
    expect(page.status).toBe(503)
    expect(page.headers.get('content-type')).toMatch(/text\/html/)
    expect(await page.text()).toContain('One moment')
  })
})
