import { Agent, get } from 'node:http'
import { json } from 'node:stream/consumers'
import fastify from 'fastify'
import type { PublicOrigins } from '../identity/public-origins'
import { limits } from '../limits'
import { addHttpHooks } from './http-hooks'

test('a connection that is silent during a request is given up, again after it was kept alive', async () => {
  const app = fastify()
  addHttpHooks(app, { allow: () => true } as unknown as PublicOrigins)
  app.get('/', ({ raw }) => ({ silenceMs: raw.socket.timeout }))
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<unknown>((resolve, reject) => {
      const request = get(address, { agent }, (response) => {
        void json(response).then((body) => resolve([body, request.reusedSocket]))
      }).on('error', reject)
    })
  const { silenceMs } = limits
  expect([await ask(), await ask()]).toEqual([
    [{ silenceMs }, false],
    [{ silenceMs }, true],
  ])
  agent.destroy()
  await app.close()
})
