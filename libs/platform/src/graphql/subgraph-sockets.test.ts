import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Receiver, TransportClient } from '@parley/federation/sockets/transport-client'
import { buildSchema } from 'graphql'
import { KnownDocuments } from './known-documents'
import { ShortExecutor } from './short-way'
import { SubgraphSockets } from './subgraph-sockets'

const aTurn = () => new Promise((resolve) => setImmediate(resolve))

test('a gateway that sends all the time learns of every fetch around a stop whether it was executed', async () => {
  const schema = buildSchema('type Query { a: Int }')
  const executor = new ShortExecutor(schema, new KnownDocuments(schema, { introspection: false }))
  const fetches = { executor, contextOf: () => Promise.resolve({}), onAnswer: () => undefined }
  const sockets = new SubgraphSockets({ schema }, fetches)
  const http = createServer().listen(0, '127.0.0.1')
  sockets.attach(http, '/graphql')
  await once(http, 'listening')

  const isUp = Promise.withResolvers()
  let isLost = false
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`
  const times = { acknowledgedWithinMs: 5_000, pingEveryMs: 5_000, pongWithinMs: 5_000, idleMs: 30_000 }
  const client = new TransportClient(
    { url, ...times, retry: { firstMs: 1_000, longestMs: 1_000 } },
    {
      acknowledged: () => isUp.resolve(undefined),
      pinged: () => undefined,
      ponged: () => undefined,
      lost: () => (isLost = true),
    },
  )
  client.want()
  await isUp.promise

  const ends = { complete: 0, error: 0, lost: 0 }
  const receiver: Receiver = {
    next: () => undefined,
    complete: () => (ends.complete += 1),
    error: () => (ends.error += 1),
    lost: () => (ends.lost += 1),
  }
  let sent = 0
  const send = async (until: () => boolean) => {
    for (; !until(); await aTurn()) {
      if (!client.isUp) continue
      sent += 1
      client.begin('{"query":"{ a }"}', receiver)
    }
  }
  await send(() => ends.complete > 10)
  const stopped = sockets.stop()
  await send(() => isLost)
  await stopped
  client.close()
  http.close()
  expect(ends).toMatchObject({ lost: 0, complete: sent - ends.error })
})
