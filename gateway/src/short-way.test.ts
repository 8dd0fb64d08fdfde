import { createHash } from 'node:crypto'
import { TestGateway } from './testing/test-gateway'

const latest = '{ latest { events { seq actor { displayName } ... on MessageSent { text } } } }'
const person = 'query($id: ID!, $all: Boolean = true) { person(id: $id) { id name: displayName @include(if: $all) } }'

type Headers = Record<string, string>
type Case = readonly [what: string, body: unknown, headers?: Headers]

/** Jest would pass a callback for a third argument that is left out. */
const each = (cases: readonly Case[]) =>
  test.each(cases.map(([what, body, headers = {}]) => [what, body, headers] as const))

describe('what was seen before', () => {
  let gateway: TestGateway
  beforeAll(async () => (gateway = await TestGateway.start()))
  afterAll(() => gateway.stop())

  /** Whether the request was answered the short way, and everything of the response that is not its own. */
  async function ask(body: unknown, headers: Headers = {}, init: RequestInit = {}) {
    const before = gateway.answeredTheShortWay
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      ...init,
    })
    const text = (await response.text()).replace(/"requestId":"[^"]+"/g, '').replace(/reference [\w-]+/g, '')
    const answered = [...response.headers].filter(
      ([name]) => !['date', 'x-request-id', 'content-length'].includes(name),
    )
    return { isShort: gateway.answeredTheShortWay > before, status: response.status, headers: answered, text }
  }

  each([
    ['a join', { query: latest }],
    ['variables', { query: person, variables: { id: 'p1' } }],
    ['variables with a condition', { query: person, variables: { id: 'p-2', all: false } }],
    ['null', { query: person, variables: { id: 'p-1' } }],
    ['a named operation', { query: 'query A { extra } query B { me { id } }', operationName: 'A', variables: null }],
    ['an error of a subgraph', { query: '{ me { id } extra }' }],
    ['an unexpected failure', { query: '{ broken }' }],
    [
      'a mutation that sets a cookie',
      { query: 'mutation { signIn }', extensions: {} },
      { cookie: 'parley_refresh=old' },
    ],
    ['only its own types', { query: '{ __typename latest { __typename } }' }],
    ['the newer media type', { query: '{ extra }' }, { accept: 'application/graphql-response+json' }],
    [
      'both media types',
      { query: '{ a: extra }' },
      { accept: 'application/graphql-response+json, application/json;q=0.9' },
    ],
    ['the older media type', { query: '{ b: extra }' }, { accept: 'application/json' }],
    [
      'a long answer, compressed',
      { query: `{ ${Array.from({ length: 25 }, (_, index) => `a${index}${'a'.repeat(40)}: extra`).join(' ')} }` },
      { 'accept-encoding': 'br' },
    ],
  ])('%s: is answered the short way, byte by byte as by Apollo Server', async (what, document, headers) => {
    // A document of its own, so that it is new at first.
    const { query, ...rest } = document as { query: string }
    const body = { query: `${query} # ${what}`, ...rest }
    const first = await ask(body, headers)
    expect(first.isShort).toBe(false)
    expect(await ask(body, headers)).toEqual({ ...first, isShort: true })
  })

  test('a document named by its id is answered the short way', async () => {
    const query = '{ c: extra }'
    const sha256Hash = createHash('sha256').update(query).digest('hex')
    const extensions = { persistedQuery: { version: 1, sha256Hash } }
    expect(await ask({ query, extensions })).toMatchObject({ isShort: false, status: 200 })
    expect(await ask({ extensions })).toMatchObject({ isShort: true, text: '{"data":{"c":"extra"}}\n' })
    expect(await ask({ query: '{ extra }', extensions })).toMatchObject({ isShort: false })
  })

  each([
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['a missing variable', { query: person }],
    ['a variable of another type', { query: person, variables: { id: {} } }],
    [
      'a variable that is coerced',
      { query: 'query($ids: ID = 1) { person(id: "x") { id } }', variables: { ids: 1.5 } },
    ],
    ['an invalid document', { query: '{ nothing }' }],
    ['a subscription', { query: 'subscription { extraTicks }' }],
    ['an unknown operation name', { query: '{ extra }', operationName: 'Other' }],
    ['a batch', [{ query: '{ extra }' }]],
    ['variables that are no object', { query: '{ extra }', variables: [] }],
    ['extensions that are no object', { query: '{ extra }', extensions: 'x' }],
    ['a media type that is not known', { query: '{ extra }' }, { accept: 'text/html' }],
    ['text', { query: '{ extra }' }, { 'content-type': 'text/plain' }],
  ])('%s: is left to Apollo Server', async (_what, body, headers) => {
    const first = await ask(body, headers)
    expect(await ask(body, headers)).toEqual(first)
    expect(first.isShort).toBe(false)
  })

  test('GET is left to Apollo Server', async () => {
    await ask({ query: '{ extra }' })
    const before = gateway.answeredTheShortWay
    const response = await fetch(`${gateway.url}/graphql?query={ extra }`, {
      headers: { 'apollo-require-preflight': '1' },
    })
    expect(await response.json()).toEqual({ data: { extra: 'extra' } })
    expect(gateway.answeredTheShortWay).toBe(before)
  })

  test('a subgraph that is down fails its own fields only', async () => {
    const query = '{ mine: extra latest { headSeq } }'
    await ask({ query })
    await gateway.graph.extras.stop()
    expect(await ask({ query })).toMatchObject({
      isShort: true,
      text: expect.stringContaining('"data":{"mine":null,"latest":{"headSeq":7}}') as string,
    })
    await gateway.graph.extras.start()
  })
})
