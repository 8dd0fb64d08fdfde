import { TestGateway } from './testing/test-gateway'

const anyText = expect.any(String) as string

describe('queries and mutations', () => {
  let gateway: TestGateway
  beforeAll(async () => (gateway = await TestGateway.start()))
  afterAll(() => gateway.stop())

  test('joins fields of two subgraphs inside an interface', async () => {
    const { data, errors } = await gateway.query(
      '{ latest { events { seq actor { displayName } ... on MessageSent { text } } } }',
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({ latest: { events: [{ seq: 7, actor: { displayName: 'Name of p7' }, text: 'hi' }] } })
  })

  test('forwards a valid token from the cookie or the header, and the request id', async () => {
    const token = await gateway.owner.token()
    const byCookie = await gateway.query('{ me { id } }', {
      cookie: `a=b; parley_access=${token}`,
      'x-request-id': 'request-0001',
    })
    expect(byCookie.data).toEqual({ me: { id: 'me' } })
    expect(byCookie.headers.get('x-request-id')).toBe('request-0001')
    expect(gateway.graph.people.seen.at(-1)).toMatchObject({
      authorization: `Bearer ${token}`,
      'x-request-id': 'request-0001',
    })
    const byHeader = await gateway.query('{ me { id } }', { authorization: `Bearer ${token}` })
    expect(byHeader.data).toEqual({ me: { id: 'me' } })
  })

  test('a token of a revoked session makes the caller anonymous', async () => {
    const cookie = `parley_access=${await gateway.owner.token({ sessionId: 'ended' })}`
    expect((await gateway.query('{ me { id } }', { cookie })).data).toEqual({ me: { id: 'me' } })
    gateway.revoke('ended')
    const { data, errors } = await gateway.query('{ me { id } }', { cookie })
    expect(data).toEqual({ me: null })
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test.each(['nonsense', 'expired'])('a token that is %s makes the caller anonymous', async (kind) => {
    const token = kind === 'expired' ? await gateway.owner.token({ seconds: -10 }) : 'a.b.c'
    const { status, data, errors } = await gateway.query('{ me { id } }', { cookie: `parley_access=${token}` })
    expect({ status, data }).toEqual({ status: 200, data: { me: null } })
    expect(errors).toEqual([
      {
        message: 'Sign in to do this.',
        path: ['me'],
        extensions: { category: 'auth', code: 'UNAUTHENTICATED', requestId: anyText },
      },
    ])
    expect(gateway.graph.people.seen.at(-1)?.authorization).toBeUndefined()
  })

  test('only the identity subgraph receives its cookies and may set cookies', async () => {
    const cookie = 'other=1; parley_refresh=old; parley_access=x; parley_device=known'
    const signedIn = await gateway.query('mutation { signIn }', { cookie })
    expect(signedIn.data).toEqual({ signIn: true })
    expect(signedIn.headers.getSetCookie()).toEqual(['parley_access=fresh; HttpOnly'])
    const said = await gateway.query('mutation { say(text: "x") }', { cookie })
    expect(said.headers.getSetCookie()).toEqual([])
    expect(gateway.graph.log.seen.at(-1)?.cookie).toBeUndefined()
    expect(gateway.graph.people.seen.at(-1)?.cookie).toBe('parley_refresh=old; parley_device=known')
  })

  test('an unexpected failure of a subgraph reveals no details', async () => {
    const { errors } = await gateway.query('{ broken }')
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/^Something went wrong on our side \(reference [\w-]+\)\.$/) as string,
        path: ['broken'],
        extensions: { category: 'defect', code: 'INTERNAL', requestId: anyText },
      },
    ])
  })

  test('a subgraph that is down fails its own fields only', async () => {
    await gateway.graph.extras.stop()
    const { status, data, errors } = await gateway.query('{ mine: extra latest { headSeq } }')
    expect({ status, data }).toEqual({ status: 200, data: { mine: null, latest: { headSeq: 7 } } })
    expect(errors).toEqual([
      {
        message: expect.stringContaining('try again') as string,
        path: ['mine'],
        extensions: { category: 'temporary', code: 'UNAVAILABLE', requestId: anyText },
      },
    ])
    expect(JSON.stringify(errors)).not.toMatch(/extras|127\.0\.0\.1|invalid|stack/)
    await gateway.graph.extras.start()
    expect((await gateway.query('{ extra }')).data).toEqual({ extra: 'extra' })
  })

  test('an unavailable entity gives an error for each missing path', async () => {
    await gateway.graph.people.stop()
    const { data, errors } = await gateway.query('{ extra latest { events { actor { displayName } } } }')
    expect(data).toEqual({ extra: 'extra', latest: null })
    expect(errors).toMatchObject([{ path: ['latest', 'events', 0, 'actor'], extensions: { code: 'UNAVAILABLE' } }])
    await gateway.graph.people.start()
  })
})
