import mercuriusGateway from '@mercuriusjs/gateway'
import Fastify from 'fastify'
import { serve } from './serve.mjs'

/** Mercurius with its JIT, which reads the subgraphs' own schemas. */
const urls = JSON.parse(process.argv[2])
const app = Fastify()
app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: Object.entries(urls).map(([name, url]) => ({
      name,
      url,
      rewriteHeaders: ({ authorization }) => (authorization === undefined ? {} : { authorization }),
    })),
  },
})
await app.listen({ port: 0, host: '127.0.0.1' })
serve({}, { port: app.server.address().port, path: '/graphql' })
