import { gatewayEnv } from './env'
import { RateLimited, RateLimits } from './rate-limits'

const env = {
  PORT: '4000',
  SUPERGRAPH_PATH: 'supergraph.graphql',
  JWKS_URL: 'http://127.0.0.1:4001/jwks',
  PUBLIC_ORIGINS: 'http://localhost:4000',
  REDIS_NODES: '127.0.0.1:7001',
  WEB_URL: 'http://127.0.0.1:3000',
  RATE_LIMIT_COST_PER_SECOND: '1',
  RATE_LIMIT_MUTATIONS_PER_SECOND: '1',
}

test('a mutation over its rate costs nothing, and one that costs too much counts as none', () => {
  const rates = new RateLimits(gatewayEnv.parse(env))
  const caller = { sessionId: 'session', browser: undefined }
  // Of 12,000 and of six at once.
  for (let count = 0; count < 5; count += 1) rates.takeCost(caller, 100, true)
  expect(() => rates.takeCost(caller, 12_000, true)).toThrow(RateLimited)
  rates.takeCost(caller, 100, true)
  expect(() => rates.takeCost(caller, 6_000, true)).toThrow(RateLimited)
  expect(() => rates.takeCost(caller, 11_000)).not.toThrow()
})
