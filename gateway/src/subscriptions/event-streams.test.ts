import type { RevokedSessions } from '@parley/platform/auth/revoked-sessions'
import fastify from 'fastify'
import type { GatewayEnv } from '../env'
import { limits } from '../limits'
import { RateLimits } from '../rate-limits'
import { EventStreams } from './event-streams'
import { Places } from './places'
import type { SubscriptionProtocol } from './subscription-protocol'

const url = '/graphql/stream?query=subscription{ticks}'
const headers = { accept: 'text/event-stream' }
const network = '127.0.0.1'

function setUp() {
  const places = new Places({ SOCKETS_PER_ADDRESS: 1 } as GatewayEnv)
  const seen = { left: 0, subscribed: 0 }
  const admission = Promise.withResolvers<'admitted' | 'forbidden'>()
  const asked = Promise.withResolvers<true>()
  const protocol = {
    admit: () => {
      asked.resolve(true)
      return admission.promise
    },
    leave: () => seen.left++,
    subscribe: () => seen.subscribed++,
  }
  const streams = new EventStreams(
    protocol as unknown as SubscriptionProtocol,
    places,
    new RateLimits({
      RATE_LIMIT_OPERATIONS_PER_ADDRESS_PER_SECOND: 1,
      RATE_LIMIT_MUTATIONS_PER_ADDRESS_PER_SECOND: 1,
      RATE_LIMIT_OPERATIONS_PER_SECOND: 1,
      RATE_LIMIT_MUTATIONS_PER_SECOND: 1,
    } as GatewayEnv),
    {
      subscribe: () => undefined,
    } as unknown as RevokedSessions,
  )
  const app = fastify()
  streams.addTo(app)
  app.addHook('onClose', () => streams.onApplicationShutdown())
  return { app, streams, places, seen, asked: asked.promise, settle: admission.resolve }
}

test('a stream that is admitted only after the gateway began to stop is refused', async () => {
  const { app, streams, places, seen, asked, settle } = setUp()
  const answer = app.inject({ url, headers })
  await asked
  await streams.drain()
  settle('admitted')
  expect((await answer).statusCode).toBe(503)
  expect(seen).toEqual({ left: 1, subscribed: 0 })
  expect(places.hasRoomFor(network)).toBe(true)
  await app.close()
})

test('requests without a session count against their address', async () => {
  const { app, settle } = setUp()
  settle('forbidden')
  const statuses: number[] = []
  while (statuses.at(-1) !== 429 && statuses.length < 100) {
    statuses.push((await app.inject({ url, headers })).statusCode)
  }
  expect(statuses).toEqual([...Array<number>(limits.burstSeconds).fill(401), 429])
  await app.close()
})

test.each([
  ['cross-site', undefined, 403],
  ['same-site', undefined, 403],
  ['same-origin', undefined, 401],
  ['none', undefined, 401],
  // Its origin was checked before.
  ['same-site', 'https://parley.test', 401],
])('a browser’s request from %s, with the origin %s, is answered with %i', async (site, origin, status) => {
  const { app, settle } = setUp()
  settle('forbidden')
  const sent = { ...headers, 'sec-fetch-site': site, ...(origin !== undefined && { origin }) }
  expect((await app.inject({ url, headers: sent })).statusCode).toBe(status)
  await app.close()
})

test('a client that has left before it is counted takes no place', async () => {
  const { app, places, seen, settle } = setUp()
  settle('admitted')
  app.addHook('preHandler', (_request, { raw }, done) => {
    raw.once('close', done)
    raw.socket?.destroy()
  })
  const address = await app.listen({ port: 0, host: network })
  await expect(fetch(`${address}${url}`, { headers })).rejects.toThrow()
  await app.close()
  expect(seen.subscribed).toBe(0)
  expect(places.hasRoomFor(network)).toBe(true)
})

test('a parameter that is given twice is refused, even if its parts joined are JSON', async () => {
  const { app } = setUp()
  const twice = `${url}&variables={"a":1&variables="b":2}`
  expect((await app.inject({ url: twice, headers })).statusCode).toBe(400)
  await app.close()
})
