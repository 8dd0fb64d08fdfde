import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { WebSocket, WebSocketServer } from 'ws'
import { CountingProxy } from './counting-proxy.ts'

const text = 'the same again and '.repeat(200)

describe('what stands between the browser and the gateway', () => {
  let server: Server
  let proxy: CountingProxy
  let heard: IncomingHttpHeaders
  const portOf = () => (server.address() as AddressInfo).port

  beforeEach(async () => {
    server = createServer((request, response) => {
      heard = request.headers
      const body = gzipSync(text)
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(body)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    proxy = new CountingProxy(portOf())
    await proxy.start()
  })
  afterEach(async () => {
    await proxy.stop()
    server.closeAllConnections()
    server.close()
  })

  it('passes answers on as they are, and counts their bytes with and without compression', async () => {
    const answer = await fetch(`${proxy.url}/graphql`, { method: 'POST', headers: { origin: proxy.url }, body: '{}' })
    expect(await answer.text()).toBe(text)
    expect(proxy.exchanges).toEqual([
      {
        at: expect.any(Number) as number,
        method: 'POST',
        path: '/graphql',
        type: 'application/json',
        sentBytes: gzipSync(text).length,
        bytes: text.length,
      },
    ])
    expect([heard.host, heard.origin]).toEqual([`127.0.0.1:${portOf()}`, `http://127.0.0.1:${portOf()}`])
  })

  it('joins sockets, and counts what they bring', async () => {
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) => socket.send(text))
    const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/graphql`)
    const [message] = (await once(socket, 'message')) as [Buffer]
    expect(message.toString()).toBe(text)
    expect(proxy.socketBytes).toBeGreaterThan(text.length)
    socket.terminate()
    sockets.close()
  })

  it('ends as a server does that has ended, and begins again at the same address', async () => {
    const { url } = proxy
    await proxy.stop()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    await proxy.start()
    expect([await (await fetch(url)).text(), proxy.url]).toEqual([text, url])
  })
})
