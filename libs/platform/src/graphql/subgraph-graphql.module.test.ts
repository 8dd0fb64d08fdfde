import type { AddressInfo } from 'node:net'
import { Global, Logger, Module } from '@nestjs/common'
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
import { currentRequestId } from '../logging/request-context'
import { subgraphGraphQLModule } from './subgraph-graphql.module'

const ticks = new Set<() => void>()

/** Ticks when the test says so, until it is closed. */
async function* tickings() {
  for (let tick = 1; ; tick++) {
    yield { ticks: tick }
    await new Promise<void>((next) => ticks.add(next))
    ticks.clear()
  }
}

const logger = new Logger('Test')

async function* logged() {
  for await (const { ticks: tick } of tickings()) {
    logger.log(`event ${tick}`)
    yield tick
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

  /** Logs its progress. */
  @Subscription(() => Number, {
    resolve: (tick: number) => {
      logger.log(`frame ${tick}`)
      return tick
    },
  })
  logged(): AsyncIterable<number> {
    logger.log('source')
    return logged()
  }

  /** Sends one event, and then fails. */
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

/** Every token is anonymous, except one that cannot be checked. */
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
  /** With the request id that pino would add. */
  const lines: [requestId: string | undefined, message: string][] = []
  const writeLine = (...args: unknown[]) => {
    lines.push([currentRequestId(), args.filter((arg) => typeof arg === 'string')[0] ?? ''])
  }

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), { logger: false })
    Logger.overrideLogger({ log: writeLine, warn: writeLine, error: writeLine })
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

  test('an operation whose source throws gets its events and then the error; others on its socket go on', async () => {
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

  test('every log line of an operation, and its error, bears its request id', async () => {
    const linesOf = (id: string) => lines.filter(([requestId]) => requestId === id).map(([, message]) => message)
    const follow = (query: string, requestId: string) => client.iterate({ query, extensions: { requestId } })
    const streams = ['request-a', 'request-b'].map((id) => follow('subscription { logged }', id))
    for (const stream of streams) expect((await stream.next()).value).toEqual({ data: { logged: 1 } })
    for (const tick of ticks) tick()
    for (const stream of streams) expect((await stream.next()).value).toEqual({ data: { logged: 2 } })
    for (const stream of streams) await stream.return?.()
    for (const tick of ticks) tick()
    const all = ['source', 'Subscribed', 'event 1', 'frame 1', 'event 2', 'frame 2']
    expect(linesOf('request-a').slice(0, 6)).toEqual(all)
    expect(linesOf('request-b').slice(0, 6)).toEqual(all)

    const { value } = await firstOf('subscription { broken }', { requestId: 'request-c' })
    expect(value.errors?.map(({ extensions }) => extensions?.['requestId'])).toEqual(['request-c'])
    expect(linesOf('request-c')).toEqual(['Unexpected failure'])
    const failing = follow('subscription { failing }', 'request-d')
    await failing.next()
    await expect(failing.next()).rejects.toMatchObject([{ extensions: { requestId: 'request-d' } }])
    while (linesOf('request-d').length < 3) await new Promise(setImmediate)
    expect(linesOf('request-d')).toEqual(['Subscribed', 'Subscription failed', 'Subscription ended'])
  })

  test('an operation without an acceptable request id gets one', async () => {
    const { value } = await firstOf('subscription { broken }', { requestId: 'with a\nline break' })
    expect(value.errors?.[0]?.extensions?.['requestId']).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('gives its schema to the composition and refuses introspection', async () => {
    expect((await ask('{ _service { sdl } }')).data).toMatchObject({
      _service: { sdl: expect.stringContaining('hello: String!') as string },
    })
    expect((await ask('{ __schema { types { name } } }')).errors).toMatchObject([
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ])
    expect((await ask('{ hello }')).data).toEqual({ hello: 'hello' })
  })
})
