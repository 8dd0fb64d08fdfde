import { auditServer } from 'graphql-http'
import { TestGateway } from './testing/test-gateway'

/** Browsers must send this header with a GET: it forces a CORS preflight. */
const withPreflight: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), 'apollo-require-preflight': '1' } })

describe('GraphQL over HTTP', () => {
  let gateway: TestGateway
  beforeAll(async () => (gateway = await TestGateway.start()))
  afterAll(() => gateway.stop())

  test("passes all of graphql-http's audits", async () => {
    const results = await auditServer({ url: `${gateway.url}/graphql`, fetchFn: withPreflight })
    const others = results.filter(({ status }) => status !== 'ok')
    expect(others.map(({ id, name, status }) => `${status} ${id} ${name}`)).toEqual([])
    expect(results).toHaveLength(61)
  })
})
