import { TestGateway } from './testing/test-gateway'

const codesOf = (errors: readonly { extensions: { code: string } }[] | undefined) =>
  errors?.map(({ extensions }) => extensions.code)

describe('bad input', () => {
  let gateway: TestGateway
  beforeAll(async () => (gateway = await TestGateway.start()))
  afterAll(() => gateway.stop())

  const nested = (levels: number) => `{ ${'nested { '.repeat(levels - 1)} name ${'} '.repeat(levels - 1)} }`
  const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, index) => `a${index}: extra`).join(' ')} }`

  test.each([
    ['a body of 1 MB', { query: '{ extra }', padding: 'x'.repeat(1024 * 1024) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['malformed JSON', '{"query": "{ extra }"', 400, 'INVALID_INPUT'],
    ['JSON that is no object', '"hello"', 400, 'INVALID_INPUT'],
    ['an empty body', '', 400, 'INVALID_INPUT'],
    ['a batch', [{ query: '{ extra }' }, { query: '{ extra }' }], 400, 'INVALID_INPUT'],
    ['no query', { variables: {} }, 400, 'INVALID_INPUT'],
    ['malformed GraphQL', { query: '{ extra' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['a document of noise', { query: `{ ${'extra '.repeat(6_000)} }` }, 400, 'OPERATION_TOO_COMPLEX'],
    ['an unknown field', { query: '{ nothing }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown operation name', { query: 'query a { extra }', operationName: 'b' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', { query: 'query($id: ID!) { person(id: $id) { id } }' }, 400, 'INVALID_INPUT'],
    [
      'a variable of another type',
      { query: 'query($id: ID!) { person(id: $id) { id } }', variables: { id: {} } },
      400,
      'INVALID_INPUT',
    ],
    ['a subscription over HTTP', { query: 'subscription { extraTicks }' }, 400, 'INVALID_INPUT'],
    ['too many levels', { query: nested(13) }, 400, 'OPERATION_TOO_COMPLEX'],
    ['too many aliases', { query: aliases(31) }, 400, 'OPERATION_TOO_COMPLEX'],
    [
      'an unknown id',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
      200,
      'PERSISTED_QUERY_NOT_FOUND',
    ],
    ['a deferred fragment', { query: '{ latest { ... @defer { headSeq } } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (_what, body, status, code) => {
    const answer = await gateway.post(body)
    expect(answer.status).toBe(status)
    expect(codesOf(answer.errors)).toEqual([code])
    expect(answer.errors?.[0]?.extensions.requestId).toBe(answer.headers.get('x-request-id'))
    expect(JSON.stringify(answer)).not.toMatch(/stack|node_modules|Nest|Fastify|FST_/)
  })

  test('what is just within the limits is answered', async () => {
    expect((await gateway.query(nested(12))).errors).toBeUndefined()
    expect((await gateway.query(aliases(30))).errors).toBeUndefined()
    expect(
      (
        await gateway.query(
          '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } }',
        )
      ).errors,
    ).toBeUndefined()
  })

  test('nested fragments are counted as if expanded, without expanding them', async () => {
    const bomb = Array.from(
      { length: 40 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    ).join(' ')
    const { errors } = await gateway.query(`{ ...F0 } ${bomb} fragment F40 on Query { extra }`)
    expect(codesOf(errors)).toEqual(['OPERATION_TOO_COMPLEX'])
  })

  test('a fragment that contains itself is refused', async () => {
    const { errors } = await gateway.query('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')
    expect(codesOf(errors)).toContain('GRAPHQL_VALIDATION_FAILED')
  })

  test('another content type is refused', async () => {
    const { status, errors } = await gateway.post('{ extra }', { 'content-type': 'text/plain' })
    expect({ status, codes: codesOf(errors) }).toEqual({ status: 400, codes: ['INVALID_INPUT'] })
  })

  test.each(['@defer', '@stream'])('%s is refused with a message that says what to do', async (directive) => {
    const { errors } = await gateway.query(`{ latest { ... ${directive} { headSeq } } }`)
    expect(errors?.map(({ message }) => message)).toEqual([
      'Answers come as a whole here: leave out @defer and @stream.',
    ])
  })

  test.each(['PUT', 'PATCH', 'DELETE'])('the method %s is refused', async (method) => {
    const response = await fetch(`${gateway.url}/graphql`, { method, body: '{"query":"{ extra }"}' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, POST')
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] })
  })

  test.each(['/graphql/schema', '/health/other'])('%s is 404, not a page of the web client', async (path) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { accept: 'text/html' } })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  })

  test('a GET without a header that a form cannot send is refused', async () => {
    const response = await fetch(`${gateway.url}/graphql?query={extra}`)
    expect(response.status).toBe(400)
    const mutation = await fetch(`${gateway.url}/graphql?query=mutation{signIn}`, {
      headers: { 'apollo-require-preflight': '1' },
    })
    expect(mutation.status).toBe(405)
  })

  test('a foreign origin is refused, an allowed one is not', async () => {
    const foreign = await gateway.query('{ extra }', { origin: 'http://evil.test' })
    expect({ status: foreign.status, codes: codesOf(foreign.errors) }).toEqual({ status: 403, codes: ['FORBIDDEN'] })
    const own = await gateway.query('{ extra }', { origin: 'http://parley.test' })
    expect(own.status).toBe(200)
  })
})
