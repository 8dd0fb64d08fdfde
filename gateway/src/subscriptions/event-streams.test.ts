import type { RevokedSessions } from '@parley/platform/auth/revoked-sessions'
import fastify from 'fastify'
import type { GatewayEnv } from '../env'
import { EventStreams } from './event-streams'
import { Places } from './places'
import type { SubscriptionProtocol } from './subscription-protocol'

const url = '/graphql/stream?query=subscription{ticks}'
const headers = { accept: 'text/event-stream' }
const network = '127.0.0.1'

function setUp() {
  const places = new Places({ SOCKETS_PER_ADDRESS: 1 } as GatewayEnv)
  const seen = { left: 0, subscribed: 0 }
  const admission = Promise.withResolvers<'admitted'>()
  const asked = Promise.withResolvers<true>()
  const protocol = {
    admit: () => {
      asked.resolve(true)
      return admission.promise
    },
    leave: () => seen.left++,
    subscribe: () => seen.subscribed++,
  }
  const streams = new EventStreams(protocol as unknown as SubscriptionProtocol, places, {
    subscribe: () => undefined,
  } as unknown as RevokedSessions)
  const app = fastify()
  streams.addTo(app)
  app.addHook('onClose', () => streams.onApplicationShutdown())
  return { app, streams, places, seen, asked: asked.promise, admit: () => admission.resolve('admitted') }
}

test('a stream that is admitted only after the gateway began to stop is refused', async () => {
  const { app, streams, places, seen, asked, admit } = setUp()
  const answer = app.inject({ url, headers })
  await asked
  await streams.drain()
  admit()
  expect((await answer).statusCode).toBe(503)
  expect(seen).toEqual({ left: 1, subscribed: 0 })
  expect(places.hasRoomFor(network)).toBe(true)
  await app.close()
})
