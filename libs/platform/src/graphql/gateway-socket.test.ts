import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Global, Logger, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { AbstractGraphQLDriver, Args, Context, Int, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DomainError } from '@parley/kernel/errors'
import { WebSocket } from 'ws'
import { AccessTokens } from '../auth/access-tokens'
import { RevokedSessions } from '../auth/revoked-sessions'
import { type GraphQLContext, type Identity, SignedIn, type Viewer } from '../auth/viewer'
import { unavailable } from '../failures'
import { currentRequestId } from '../logging/request-context'
import type { SubgraphDriver } from './subgraph-driver'
import { subgraphGraphQLModule } from './subgraph-graphql.module'

let held: (() => void)[] = []

@Resolver()
class TestResolver {
  calls = 0

  @Query(() => String, { nullable: true })
  requestId(): string | undefined {
    return currentRequestId()
  }

  @Query(() => Int, { nullable: true })
  viewerLength(@SignedIn() { userId }: Viewer): number {
    return userId.length
  }

  @Query(() => Int)
  required(): number {
    throw new DomainError('state', 'CONFLICT', 'Not now.')
  }

  /** Answers when the test says so. */
  @Query(() => Int, { nullable: true })
  slow(): Promise<number> {
    return new Promise((resolve) => held.push(() => resolve(1)))
  }

  @Mutation(() => Int, { nullable: true })
  add(@Args('value', { type: () => Int }) value: number, @Context() { http }: GraphQLContext): number {
    this.calls += 1
    return http === null ? value : -value
  }

  @Subscription(() => Int)
  async *ticks(): AsyncGenerator<object> {
    yield { ticks: 1 }
  }
}

const viewer = { userId: 'someone', sessionId: 's' } as unknown as Viewer
const tokens = {
  checks: 0,
  contextFor: async (authorization: string | undefined): Promise<Identity> => {
    tokens.checks += 1
    if (authorization === 'Bearer unknown-key') throw unavailable(new Error('connect ECONNREFUSED'))
    return authorization === undefined ? { viewer: null, expiresAt: null } : { viewer, expiresAt: 9_999_999_999 }
  },
}

@Global()
@Module({
  providers: [
    { provide: AccessTokens, useValue: tokens },
    { provide: RevokedSessions, useValue: { subscribe: () => () => undefined } },
  ],
  exports: [AccessTokens, RevokedSessions],
})
class TokensModule {}

@Module({
  imports: [TokensModule, subgraphGraphQLModule({ directives: [], production: true })],
  providers: [TestResolver],
})
class TestModule {}

interface Message {
  readonly id?: string
  readonly type: string
  readonly payload?: unknown
}

/** A gateway's end of the socket, in raw messages. */
class Gateway {
  readonly #socket: WebSocket
  readonly #messages: Message[] = []
  #wake: () => void = () => undefined
  #lastId = 0
  readonly closed: Promise<number>

  constructor(url: string) {
    this.#socket = new WebSocket(url, 'graphql-transport-ws')
    this.#socket.on('message', (data: Buffer) => {
      this.#messages.push(JSON.parse(data.toString()) as Message)
      this.#wake()
    })
    this.closed = once(this.#socket, 'close').then(([code]) => code as number)
  }

  static async connected(url: string): Promise<Gateway> {
    const gateway = new Gateway(url)
    await gateway.opened()
    gateway.say({ type: 'connection_init' })
    expect(await gateway.next()).toEqual({ type: 'connection_ack', payload: { fetches: 1 } })
    return gateway
  }

  async opened(): Promise<void> {
    await once(this.#socket, 'open')
  }

  say(message: object): void {
    this.#socket.send(JSON.stringify(message))
  }

  async next(): Promise<Message> {
    while (this.#messages.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.#messages.shift() as Message
  }

  /** Everything that comes for one operation. */
  async run(payload: object, id = String(++this.#lastId)): Promise<readonly Message[]> {
    this.say({ id, type: 'subscribe', payload })
    const messages = [await this.next()]
    while (messages.at(-1)?.type === 'next') messages.push(await this.next())
    return messages
  }

  leave(): void {
    this.#socket.terminate()
  }
}

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex')
const known = (query: string, sent = '') => ({
  query: sent,
  extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(query) } },
})

async function started(): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), { logger: false })
  Logger.overrideLogger(false)
  await app.listen(0, '127.0.0.1')
  return app
}

const url = (app: NestFastifyApplication, scheme: string) =>
  `${scheme}://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/graphql`

describe('fetches over the socket of a gateway', () => {
  let app: NestFastifyApplication
  let gateway: Gateway

  beforeAll(async () => {
    app = await started()
  })
  beforeEach(async () => {
    held = []
    gateway = await Gateway.connected(url(app, 'ws'))
  })
  afterEach(() => gateway.leave())
  afterAll(() => app.close())

  const shortAnswers = () => app.get<SubgraphDriver>(AbstractGraphQLDriver, { strict: false }).shortAnswers
  const overHttp = async (body: object, authorization: string) => {
    const headers = { 'content-type': 'application/json', 'x-request-id': 'request-1', authorization }
    return (await (
      await fetch(url(app, 'http'), { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()) as object
  }
  const withoutIds = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replaceAll(/,"requestId":"[^"]*"/g, '')) as object

  it.each<[string, object]>([
    ['a viewer', { query: '{ viewerLength }' }],
    ['one of two operations', { query: 'query A { requestId } query B { viewerLength }', operationName: 'B' }],
    ['an error where there must be a value', { query: '{ required viewerLength }' }],
    ['several fields', { query: 'query ($no: Boolean = true) { viewerLength @skip(if: $no) __typename }' }],
  ])('are answered as over HTTP: %s', async (_what, body) => {
    const before = shortAnswers()
    const [answer, end, ...more] = await gateway.run({ ...body, extensions: { authorization: 'Bearer x' } })
    expect(shortAnswers()).toBe(before + 1)
    expect([end, more]).toEqual([{ id: '1', type: 'complete' }, []])
    expect(withoutIds(answer?.payload)).toEqual(withoutIds(await overHttp(body, 'Bearer x')))
  })

  it('run in the context of their request', async () => {
    const [answer] = await gateway.run({ query: '{ requestId }', extensions: { requestId: 'request-42' } })
    expect(answer?.payload).toEqual({ data: { requestId: 'request-42' } })
  })

  it('are found by the hash of their text when that has been sent with it', async () => {
    const query = '{ viewerLength __typename }'
    const refused = await gateway.run(known(query))
    expect(refused).toMatchObject([{ type: 'error', payload: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] }])
    const byText = await gateway.run(known(query, query))
    const byHash = await gateway.run(known(query))
    expect(withoutIds(byHash[0]?.payload)).toEqual(withoutIds(byText[0]?.payload))
    expect(byHash[0]?.type).toBe('next')
  })

  it('are not found by a hash of another text', async () => {
    await gateway.run({ ...known('{ other }'), query: '{ requestId }' })
    expect(await gateway.run(known('{ other }'))).toMatchObject([{ type: 'error' }])
  })

  it.each<[string, object]>([
    ['a text that does not parse', { query: '{' }],
    ['a text that is not valid', { query: '{ nothing }' }],
    ['refused variables', { variables: { value: 'x' } }],
  ])('of which nothing was executed are refused, so that the gateway asks over HTTP why: %s', async (_what, fault) => {
    const before = app.get(TestResolver).calls
    const write = { query: 'mutation ($value: Int!) { add(value: $value) }', variables: { value: 1 } }
    expect((await gateway.run({ ...write, ...fault }))[0]).toMatchObject({ type: 'error' })
    expect((await gateway.run(write))[0]).toMatchObject({ payload: { data: { add: 1 } } })
    expect(app.get(TestResolver).calls).toBe(before + 1)
  })

  it('of an identity that cannot be checked are answered so, after one try', async () => {
    const before = [app.get(TestResolver).calls, tokens.checks + 1]
    const write = { query: 'mutation { add(value: 1) }', extensions: { authorization: 'Bearer unknown-key' } }
    const [answer] = await gateway.run(write)
    const errors = [{ extensions: { category: 'temporary', code: 'UNAVAILABLE' } }]
    expect(answer).toMatchObject({ type: 'next', payload: { data: null, errors } })
    expect([app.get(TestResolver).calls, tokens.checks]).toEqual(before)
  })

  it('do not hold up each other, and are not answered when the gateway has given them up', async () => {
    for (const id of ['given-up', 'slow']) gateway.say({ id, type: 'subscribe', payload: { query: '{ slow }' } })
    expect(await gateway.run({ query: '{ viewerLength }' })).toHaveLength(2)
    gateway.say({ id: 'given-up', type: 'complete' })
    await gateway.run({ query: '{ viewerLength }' })
    for (const answer of held) answer()
    expect([await gateway.next(), await gateway.next()]).toMatchObject([
      { id: 'slow', type: 'next' },
      { id: 'slow', type: 'complete' },
    ])
  })

  it('go together with subscriptions', async () => {
    expect(await gateway.run({ query: 'subscription { ticks }' })).toMatchObject([
      { type: 'next', payload: { data: { ticks: 1 } } },
      { type: 'complete' },
    ])
  })

  it('before the connection is acknowledged close it with 4401, and with a taken id with 4409', async () => {
    const early = new Gateway(url(app, 'ws'))
    await early.opened()
    early.say({ id: '1', type: 'subscribe', payload: { query: '{ requestId }' } })
    expect(await early.closed).toBe(4401)
    for (let count = 0; count < 2; count += 1) {
      gateway.say({ id: 'same', type: 'subscribe', payload: { query: '{ slow }' } })
    }
    expect(await gateway.closed).toBe(4409)
    for (const answer of held) answer()
  })

  it.each([
    'x',
    '[]',
    '{"type":"subscribe"}',
    '{"id":"1","type":"subscribe","payload":{"query":1}}',
    '{"id":"1","type":"begin"}',
  ])('malformed: %s closes with 4400', async (text) => {
    gateway.say({ toJSON: () => JSON.parse(text.replace(/^x$/, '0')) as unknown })
    expect(await gateway.closed).toBe(4400)
  })

  it('under way are answered before the subgraph stops, and what is new is refused', async () => {
    gateway.say({ id: 'slow', type: 'subscribe', payload: { query: '{ slow }' } })
    while (held.length === 0) await new Promise(setImmediate)
    const closing = app.close()
    const ping = await gateway.next()
    expect(ping.type).toBe('ping')
    for (const query of ['mutation { add(value: 1) }', 'subscription { ticks }', '{ nothing }']) {
      const refused = await gateway.run({ query })
      expect(refused).toMatchObject([{ type: 'error', payload: [{ extensions: { code: 'UNAVAILABLE' } }] }])
    }
    gateway.say({ ...ping, type: 'pong' })
    for (const answer of held) answer()
    expect(await gateway.next()).toMatchObject({ id: 'slow', payload: { data: { slow: 1 } } })
    expect(await gateway.closed).toBe(1001)
    await closing
  })
})

describe('a subgraph that stops without a fetch under way', () => {
  let app: NestFastifyApplication
  beforeEach(async () => (app = await started()))
  afterEach(() => app.close())

  it('refuses what a gateway sends before it knows, and closes when it knows', async () => {
    const gateway = await Gateway.connected(url(app, 'ws'))
    const closing = app.close()
    const ping = await gateway.next()
    expect(await gateway.run({ query: 'mutation { add(value: 1) }' })).toMatchObject([{ type: 'error' }])
    expect(app.get(TestResolver).calls).toBe(0)
    gateway.say({ ...ping, type: 'pong' })
    expect(await gateway.closed).toBe(1001)
    await closing
  })

  it('does not wait long for a gateway that does not answer, and not at all for one that goes', async () => {
    const [silent, going] = [await Gateway.connected(url(app, 'ws')), await Gateway.connected(url(app, 'ws'))]
    const closing = app.close()
    await going.next()
    going.leave()
    expect(await silent.closed).toBe(1001)
    await closing
  })
})
