import { gatewayEnv } from './env'

const complete = {
  PORT: '4000',
  SUPERGRAPH_PATH: 'supergraph.graphql',
  JWKS_URL: 'http://127.0.0.1:4001/jwks',
  PUBLIC_ORIGINS: 'http://localhost:4000/, https://chat.example',
  REDIS_NODES: '127.0.0.1:7001,127.0.0.1:7002',
  WEB_URL: 'http://127.0.0.1:3000',
}

test('lists and maps are parsed, the rest has defaults', () => {
  expect(gatewayEnv.parse({ ...complete, SUBGRAPH_URLS: '{"user":"http://127.0.0.1:4001/graphql"}' })).toMatchObject({
    PUBLIC_ORIGINS: ['http://localhost:4000', 'https://chat.example'],
    SUBGRAPH_URLS: { user: 'http://127.0.0.1:4001/graphql' },
    REDIS_NODES: ['127.0.0.1:7001', '127.0.0.1:7002'],
    IDENTITY_SUBGRAPH: 'user',
    EXPLORER: 'offline',
    TRUSTED_PROXIES: [],
    SOCKETS_PER_SESSION: 50,
  })
})

const production = { ...complete, NODE_ENV: 'production', TRUSTED_DOCUMENTS_PATH: 'current.json, released' }

test('the explorer is off in production, unless asked for', () => {
  expect(gatewayEnv.parse(production).EXPLORER).toBe('off')
  expect(gatewayEnv.parse({ ...production, EXPLORER: 'offline' }).EXPLORER).toBe('offline')
})

test('production takes trusted documents only, unless asked for', () => {
  expect(gatewayEnv.parse(production)).toMatchObject({
    DOCUMENTS: 'trusted',
    TRUSTED_DOCUMENTS_PATH: ['current.json', 'released'],
  })
  expect(gatewayEnv.parse({ ...production, DOCUMENTS: 'all' }).DOCUMENTS).toBe('all')
  expect(gatewayEnv.parse(complete).DOCUMENTS).toBe('all')
})

test('a gateway that would refuse every operation does not start', () => {
  const { error } = gatewayEnv.safeParse({ ...complete, DOCUMENTS: 'trusted' })
  expect(error?.issues.map(({ path }) => path[0])).toEqual(['TRUSTED_DOCUMENTS_PATH'])
})

test('all faults are found at once', () => {
  const { error } = gatewayEnv.safeParse({
    ...complete,
    SUBGRAPH_URLS: '{',
    PUBLIC_ORIGINS: 'localhost',
    EXPLORER: 'yes',
    TRUSTED_PROXIES: 'the load balancer',
    SOCKETS_PER_ADDRESS: '0',
  })
  expect(error?.issues.map(({ path }) => path[0])).toEqual(
    expect.arrayContaining(['SUBGRAPH_URLS', 'PUBLIC_ORIGINS', 'EXPLORER', 'TRUSTED_PROXIES', 'SOCKETS_PER_ADDRESS']),
  )
})
