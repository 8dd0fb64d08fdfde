import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { serve } from './serve.mjs'

/** Hive Gateway with the planner of its router, which is written in Rust. */
const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.argv[2], 'utf8'),
  unifiedGraphHandler,
  logging: false,
  maskedErrors: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => {
      const authorization = request.headers.get('authorization')
      return authorization === null ? {} : { authorization }
    },
  },
})
const server = createServer(gateway)
await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
serve({}, { port: server.address().port, path: '/graphql' })
