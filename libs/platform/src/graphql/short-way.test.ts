import type { AddressInfo } from 'node:net'
import { Global, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  AbstractGraphQLDriver,
  Args,
  Context,
  Directive,
  Field,
  GraphQLSchemaHost,
  ID,
  Int,
  InterfaceType,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
  ResolveReference,
} from '@nestjs/graphql'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { DomainError } from '@parley/kernel/errors'
import { AccessTokens } from '../auth/access-tokens'
import { RevokedSessions } from '../auth/revoked-sessions'
import { type GraphQLContext, type Identity, SignedIn, type Viewer } from '../auth/viewer'
import { unavailable } from '../failures'
import { followRequests } from '../logging/follow-requests'
import { KnownDocuments } from './known-documents'
import type { SubgraphDriver } from './subgraph-driver'
import { subgraphGraphQLModule } from './subgraph-graphql.module'

@InterfaceType({ resolveType: ({ __typename }: { __typename: string }) => __typename })
abstract class Shape {
  @Field(() => Int)
  size!: number
}

@ObjectType({ implements: () => [Shape] })
@Directive('@key(fields: "id")')
class Box extends Shape {
  @Field(() => ID)
  id!: string

  @Field(() => Int)
  depth!: number
}

@ObjectType({ implements: () => [Shape] })
class Ball extends Shape {
  @Field(() => Int, { nullable: true })
  radius!: number | null
}

const box = (id: string, depth: number | null = 3) => ({ __typename: 'Box', id, size: 2, depth })

@Resolver(() => Box)
class BoxResolver {
  calls = 0

  @ResolveReference()
  async resolveReference(@Parent() { id }: { id: string }): Promise<object | null> {
    this.calls += 1
    await Promise.resolve()
    if (id === 'none') return null
    if (id === 'refused') throw new DomainError('state', 'NOT_FOUND', 'There is no such box.')
    if (id === 'broken') throw new TypeError('x is not a function')
    return box(id, id === 'hollow' ? null : 3)
  }

  /** Fails for some, and is null in a place that must not be. */
  @ResolveField(() => Int)
  async weight(@Parent() { id }: Box): Promise<number | null> {
    await Promise.resolve()
    if (id === 'weightless') return null
    return 7
  }

  @Query(() => [Shape], { nullable: true })
  shapes(@Args('ids', { type: () => [String] }) ids: string[]): object[] {
    return [...ids.map((id) => box(id)), { __typename: 'Ball', size: 1, radius: null }]
  }

  @Query(() => Int, { nullable: true })
  viewerLength(@SignedIn() { userId }: Viewer): number {
    return userId.length
  }

  @Query(() => Int, { nullable: true })
  away(): number {
    throw unavailable(new Error('connect ECONNREFUSED 10.0.0.1'))
  }

  @Query(() => Int)
  required(): number {
    throw new DomainError('state', 'CONFLICT', 'Not now.')
  }

  @Mutation(() => Int, { nullable: true })
  setCookie(@Args('value', { type: () => Int }) value: number, @Context() { http }: GraphQLContext): number {
    this.calls += 1
    void http?.reply.header('set-cookie', `value=${value}`)
    return value
  }
}

const viewer = { userId: 'someone', sessionId: 's' } as unknown as Viewer
const tokens = {
  contextFor: async (authorization: string | undefined): Promise<Identity> => {
    if (authorization === 'Bearer unknown-key') throw unavailable(new Error('connect ECONNREFUSED'))
    return authorization === undefined ? { viewer: null, expiresAt: null } : { viewer, expiresAt: 9_999_999_999 }
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
  imports: [
    TokensModule,
    subgraphGraphQLModule({ directives: ['@key'], production: true, orphanedTypes: [Box, Ball] }),
  ],
  providers: [BoxResolver],
})
class TestModule {}

/** Apollo Server answers requests with this header; the two ways take the same otherwise. */
const byApollo = { accept: 'application/json, text/plain' }

describe('the short way of a request', () => {
  let app: NestFastifyApplication

  beforeAll(async () => {
    const adapter = new FastifyAdapter({ genReqId: () => 'request-1' })
    app = await NestFactory.create<NestFastifyApplication>(TestModule, adapter, { logger: false })
    followRequests(app.getHttpAdapter().getInstance())
    await app.listen(0, '127.0.0.1')
  })
  afterAll(() => app.close())

  const driver = () => app.get<SubgraphDriver>(AbstractGraphQLDriver, { strict: false })
  const resolver = () => app.get(BoxResolver)
  const url = () => `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/graphql`

  async function post(body: unknown, headers: Record<string, string> = {}) {
    const before = driver().shortAnswers
    const response = await fetch(url(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await response.text()
    return {
      text,
      isShort: driver().shortAnswers > before,
      answer: {
        status: response.status,
        type: response.headers.get('content-type'),
        caching: response.headers.get('cache-control'),
        cookie: response.headers.get('set-cookie'),
        // Of every unexpected failure its own.
        body: JSON.parse(text.replaceAll(/reference [0-9a-f-]{36}/g, 'reference R')) as object,
      },
    }
  }

  const entities = (...ids: string[]) => ({
    query: 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Box { id size depth weight } } }',
    variables: { r: ids.map((id) => ({ __typename: 'Box', id })) },
  })
  const authorization = 'Bearer token'

  it.each<[string, object, Record<string, string>?]>([
    ['entities', entities('a', 'b', 'a')],
    ['entities that are missing, refused or broken', entities('none', 'refused', 'broken', 'a')],
    ['null where there must be a value', entities('hollow', 'weightless', 'a')],
    [
      'a list of several types, with a fragment and an alias',
      {
        query:
          'query Q($ids: [String!]!) { s: shapes(ids: $ids) { ...S ... on Ball { radius } } } fragment S on Shape { __typename size }',
        operationName: 'Q',
        variables: { ids: ['a', 'b'] },
      },
    ],
    ['@skip and @include', { query: '{ shapes(ids: []) { size @skip(if: true) __typename @include(if: true) } }' }],
    ['a viewer', { query: '{ viewerLength }' }, { authorization }],
    ['no viewer', { query: '{ viewerLength }', variables: null, operationName: null }],
    ['an outage', { query: '{ away shapes(ids: ["a"]) { size } }' }],
    ['a required root field that fails', { query: '{ required away }' }],
    ['one of two operations', { query: 'query A { away } query B { viewerLength }', operationName: 'B' }],
    ['a mutation with a cookie', { query: 'mutation ($v: Int!) { setCookie(value: $v) }', variables: { v: 4 } }],
    ['two writes', { query: 'mutation { a: setCookie(value: 1) b: setCookie(value: 2) }' }],
    ['the schema for the composition', { query: '{ _service { sdl } }' }],
  ])('answers as Apollo Server does: %s', async (_what, body, headers = {}) => {
    const short = await post(body, headers)
    const apollo = await post(body, { ...headers, ...byApollo })
    expect([short.isShort, apollo.isShort]).toEqual([true, false])
    expect(short.answer).toEqual(apollo.answer)
  })

  it.each<[string, unknown, Record<string, string>?]>([
    ['a text that does not parse', { query: '{' }],
    ['a text that is not valid', { query: '{ nothing }' }],
    ['an empty text', { query: '' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    [
      'a variable of the wrong type',
      { query: 'query ($i: [String!]!) { shapes(ids: $i) { size } }', variables: { i: 1 } },
    ],
    ['an unknown operation', { query: 'query A { away }', operationName: 'B' }],
    ['no name for one of two operations', { query: 'query A { away } query B { away }' }],
    ['variables that are a list', { query: '{ away }', variables: [] }],
    ['a batch', [{ query: '{ away }' }]],
    ['a persisted query', { query: '{ away }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
    ['no JSON', '{'],
    ['another media type', '{ away }', { 'content-type': 'text/plain' }],
    ['a stream as the answer', { query: '{ away }' }, { accept: 'multipart/mixed' }],
    ['an identity that cannot be checked', { query: '{ viewerLength }' }, { authorization: 'Bearer unknown-key' }],
  ])('leaves to Apollo Server: %s', async (_what, body, headers = {}) => {
    expect((await post(body, headers)).isShort).toBe(false)
  })

  it('executes what it leaves to Apollo Server only once', async () => {
    const before = resolver().calls
    await post({ query: 'mutation ($v: Int!) { setCookie(value: $v) }', variables: { v: 'four' } })
    await post({ query: 'mutation { setCookie(value: 1) }' }, byApollo)
    expect(resolver().calls - before).toBe(1)
  })

  it('leaves GET to Apollo Server, which refuses it without a preflight', async () => {
    const before = driver().shortAnswers
    const response = await fetch(`${url()}?query={away}`)
    expect([response.status, driver().shortAnswers - before]).toEqual([400, 0])
  })

  it('writes compact JSON', async () => {
    expect((await post({ query: '{ shapes(ids: []) { size } }' })).text).toBe('{"data":{"shapes":[{"size":1}]}}')
  })

  describe('documents', () => {
    const known = (maxCharacters?: number) =>
      new KnownDocuments(app.get(GraphQLSchemaHost).schema, {
        introspection: false,
        ...(maxCharacters === undefined ? {} : { maxCharacters }),
      })

    it('are parsed and validated once', () => {
      const documents = known()
      expect(documents.read('{ away }')).toBe(documents.read('{ away }'))
    })

    it('that are refused are not kept', () => {
      const documents = known()
      expect(documents.read('{ nothing }')).not.toBe(documents.read('{ nothing }'))
    })

    it('are evicted by their length, the least recently used first', () => {
      const texts = ['{ a: away }', '{ b: away }', '{ c: away }']
      const [a = '', b = '', c = ''] = texts
      const documents = known(a.length * 2)
      const [first, second] = [documents.read(a), documents.read(b)]
      expect(documents.read(a)).toBe(first)
      documents.read(c)
      expect(documents.read(a)).toBe(first)
      expect(documents.read(b)).not.toBe(second)
    })

    it('longer than all that are kept are read all the same', () => {
      const documents = known(5)
      expect(documents.read('{ away }')).toMatchObject({ kind: 'Document' })
      expect(documents.read('{ away }')).not.toBe(documents.read('{ away }'))
    })
  })
})
