import { once } from 'node:events'
import { WebSocket } from 'ws'
import { TestGateway } from './testing/test-gateway'

test('while the gateway stops, the API answers in its own shape and pages say so', async () => {
  const gateway = await TestGateway.start()
  const { url } = gateway
  // A client that does not read the close frame keeps the drain waiting.
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  await once(socket, 'open')
  socket.pause()
  const stopped = gateway.stop()
  const answer = await untilRefused(() =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ extra }"}',
    }),
  )
  expect(answer.headers.get('retry-after')).toBe('1')
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] })
  const page = await fetch(`${url}/c/1`, { headers: { accept: 'text/html' } })
  expect(page.status).toBe(503)
  expect(await page.text()).toContain('One moment')
  socket.terminate()
  await stopped
}, 10_000)

async function untilRefused(ask: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await ask()
    if (response.status === 503) return response
    await response.body?.cancel()
  }
}
