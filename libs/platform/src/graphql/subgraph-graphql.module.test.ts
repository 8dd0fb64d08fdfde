import type { AddressInfo } from 'node:net'
import { Global, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { Query, Resolver, Subscription } from '@nestjs/graphql'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DomainError } from '@parley/kernel/errors'
import { type Client, createClient } from 'graphql-ws'
import { type CloseEvent, WebSocket } from 'ws'
import { AccessTokens } from '../auth/access-tokens'
import { RevokedSessions } from '../auth/revoked-sessions'
import type { Identity } from '../auth/viewer'
import { unavailable } from '../failures'
import { subgraphGraphQLModule } from './subgraph-graphql.module'

const ticks = new Set<() => void>()

/** Ticks when told to, until it is left. */
async function* tickings() {
  for (let tick = 1; ; tick++) {
    yield { ticks: tick }
    await new Promise<void>((next) => ticks.add(next))
    ticks.clear()
  }
}

@Resolver()
class TestResolver {
  @Query(() => String)
  hello(): string {
    return 'hello'
  }

  @Subscription(() => Number)
  ticks(): AsyncIterable<object> {
    return tickings()
  }

  /** Brings one event, and then fails. */
  @Subscription(() => Number)
  async *failing(): AsyncIterable<object> {
    yield { failing: 1 }
    throw new DomainError('state', 'CONFLICT', 'It went wrong.')
  }

  @Subscription(() => Number)
  broken(): string {
    return 'no iterator'
  }
}

/** Knows of every caller but one that they are nobody, and cannot tell about that one. */
const tokens = {
  contextFor: async (authorization: string | undefined): Promise<Identity> => {
    if (authorization !== undefined) throw unavailable(new Error('connect ECONNREFUSED'))
    return { viewer: null, expiresAt: null }
  },
}

@Global()
@Module({
  providers: [
    { provide: AccessTokens, useValue: tokens },
    { provide: RevokedSessions, useValue: {} },
  ],
  exports: [AccessTokens, RevokedSessions],
})
class TokensModule {}

@Module({
  imports: [TokensModule, subgraphGraphQLModule({ directives: [], production: true })],
  providers: [TestResolver],
})
class TestModule {}

interface Received {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { message: string; extensions?: Record<string, unknown> }[]
}

describe('a subgraph in production', () => {
  let app: NestFastifyApplication
  let client: Client
  const closings: number[] = []

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), { logger: false })
    await app.listen(0, '127.0.0.1')
    client = createClient({
      url: `${url().replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      lazyCloseTimeout: 10_000,
      on: { closed: (event) => closings.push((event as CloseEvent).code) },
    })
  })
  afterAll(async () => {
    await client.dispose()
    await app.close()
  })

  const url = () => `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`
  const ask = async (query: string): Promise<Received> => {
    const response = await fetch(`${url()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    return (await response.json()) as Received
  }
  const firstOf = async (query: string, extensions: Record<string, unknown> = {}) =>
    (await client
      .iterate({ query, extensions })
      .next()
      .catch((error: unknown) => ({ value: { errors: error } }))) as { value: Received }

  const authorization = 'Bearer one-whose-key-cannot-be-fetched'

  test.each([
    ['whose token cannot be verified', 'subscription { ticks }', { authorization }, 'UNAVAILABLE'],
    ['that does not parse', 'subscription {', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['that is not valid', 'subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'that trips the validator',
      'subscription ($on: Boolean = true) { ticks @include(if: $on) }',
      {},
      expect.stringMatching(/GRAPHQL_VALIDATION_FAILED|INTERNAL/) as string,
    ],
    ['whose resolver fails', 'subscription { broken }', {}, 'INTERNAL'],
  ])('an operation %s ends alone, and others on its socket go on', async (_what, query, extensions, code) => {
    const others = client.iterate<{ ticks: number }>({ query: 'subscription { ticks }' })
    expect((await others.next()).value).toEqual({ data: { ticks: 1 } })
    const { value } = await firstOf(query, extensions)
    expect(value.errors?.map(({ extensions: { code: own } = {} }) => own)).toEqual([code])
    for (const tick of ticks) tick()
    expect((await others.next()).value).toEqual({ data: { ticks: 2 } })
    expect(closings).toEqual([])
    for (const tick of ticks) tick()
    await others.return?.()
  })

  test('an operation whose source throws gets what came and then its error, and others on its socket go on', async () => {
    const others = client.iterate<{ ticks: number }>({ query: 'subscription { ticks }' })
    expect((await others.next()).value).toEqual({ data: { ticks: 1 } })
    const failing = client.iterate({ query: 'subscription { failing }' })
    expect((await failing.next()).value).toEqual({ data: { failing: 1 } })
    await expect(failing.next()).rejects.toMatchObject([
      { message: 'It went wrong.', extensions: { category: 'state', code: 'CONFLICT' } },
    ])
    for (const tick of ticks) tick()
    expect((await others.next()).value).toEqual({ data: { ticks: 2 } })
    expect(closings).toEqual([])
    for (const tick of ticks) tick()
    await others.return?.()
  })

  test('tells its schema to the composition and to nobody who introspects', async () => {
    expect((await ask('{ _service { sdl } }')).data).toMatchObject({
      _service: { sdl: expect.stringContaining('hello: String!') as string },
    })
    expect((await ask('{ __schema { types { name } } }')).errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    expect((await ask('{ hello }')).data).toEqual({ hello: 'hello' })
  })
})
