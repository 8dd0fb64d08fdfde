import { Global, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { stripIgnoredCharacters } from 'graphql'
import { AccessTokens } from '../auth/access-tokens'
import { RevokedSessions } from '../auth/revoked-sessions'
import { subgraphGraphQLModule } from './subgraph-graphql.module'
import { orphanedTypes, productsDirectives, productsResolvers } from './testing/products-subgraph'

// The 15 features of apollographql/apollo-federation-subgraph-compatibility, checked as that suite checks them. What it
// asks through a router is asked here as a router asks the subgraph.

@Global()
@Module({
  providers: [
    { provide: AccessTokens, useValue: { contextFor: async () => ({ viewer: null, expiresAt: null }) } },
    { provide: RevokedSessions, useValue: {} },
  ],
  exports: [AccessTokens, RevokedSessions],
})
class TokensModule {}

async function start(inlineTraces: boolean): Promise<NestFastifyApplication> {
  @Module({
    imports: [
      TokensModule,
      subgraphGraphQLModule({ directives: productsDirectives, orphanedTypes, production: true, inlineTraces }),
    ],
    providers: productsResolvers,
  })
  class ProductsModule {}
  const app = await NestFactory.create<NestFastifyApplication>(ProductsModule, new FastifyAdapter(), { logger: false })
  await app.init()
  await app.getHttpAdapter().getInstance().ready()
  return app
}

async function ask(
  app: NestFastifyApplication,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<unknown> {
  const { body } = await app.inject({ method: 'POST', url: '/graphql', headers, payload: { query, variables } })
  return JSON.parse(body)
}

const traced = { 'apollo-federation-include-trace': 'ftv1' }

describe('the subgraph module', () => {
  let app: NestFastifyApplication
  let sdl: string
  beforeAll(async () => {
    app = await start(true)
    const answer = (await ask(app, '{ _service { sdl } }')) as { data: { _service: { sdl: string } } }
    sdl = stripIgnoredCharacters(answer.data._service.sdl)
  })
  afterAll(() => app.close())

  const entity = (representation: object, selection: string) =>
    ask(app, `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`, { of: [representation] })
  const product = (selection: string) => ask(app, `{ product(id: "apollo-federation") { ${selection} } }`)

  test('_service', () => {
    expect(sdl).toContain('type Query')
  })

  test('@link: one of federation, with directives that exist', () => {
    const links = sdl.match(/@link\(.+?\)/g)?.filter((link) => link.includes('specs.apollo.dev/federation')) ?? []
    expect(links).toHaveLength(1)
    const [, imported = ''] = /import:\[(.+?)\]/.exec(links[0] ?? '') ?? []
    expect(imported.replaceAll('"', '').split(' ').toSorted()).toEqual(
      ['@composeDirective', ...productsDirectives].toSorted(),
    )
  })

  test('@key of one field', async () => {
    expect(sdl).toMatch(/type User ?(@extends)?@key\(fields:"email"\)/)
    expect(await entity({ __typename: 'User', email: 'support@apollographql.com' }, '... on User { name }')).toEqual({
      data: { _entities: [{ name: 'Jane Smith' }] },
    })
  })

  test('@key of several fields', async () => {
    expect(sdl).toMatch(/type DeprecatedProduct@key\(fields:"sku package"/)
    const key = { __typename: 'DeprecatedProduct', sku: 'apollo-federation-v1', package: '@apollo/federation-v1' }
    expect(await entity(key, '... on DeprecatedProduct { sku package reason }')).toEqual({
      data: { _entities: [{ sku: key.sku, package: key.package, reason: 'Migrate to Federation V2' }] },
    })
  })

  test('@key of an object', async () => {
    expect(sdl).toMatch(/type ProductResearch@key\(fields:"study { caseNumber }"/)
    const key = { __typename: 'ProductResearch', study: { caseNumber: '1234' } }
    expect(await entity(key, '... on ProductResearch { study { caseNumber description } }')).toEqual({
      data: { _entities: [{ study: { caseNumber: '1234', description: 'Federation Study' } }] },
    })
  })

  test.each([
    [{ id: 'apollo-federation' }, 'federation'],
    [{ sku: 'federation', package: '@apollo/federation' }, 'federation'],
    [{ sku: 'studio', variation: { id: 'platform' } }, 'studio'],
  ])('repeated @key: %j', async (key, sku) => {
    for (const fields of ['id', 'sku package', 'sku variation { id }']) {
      expect(sdl).toMatch(new RegExp(`type Product@.*@key\\(fields:"${fields}"\\).*variation`))
    }
    expect(await entity({ __typename: 'Product', ...key }, '... on Product { id sku }')).toEqual({
      data: { _entities: [{ id: `apollo-${sku}`, sku }] },
    })
  })

  test('@requires', async () => {
    expect(sdl).toContain('averageProductsCreatedPerYear:Int@requires(fields:"totalProductsCreated yearsOfEmployment")')
    const user = {
      __typename: 'User',
      email: 'support@apollographql.com',
      totalProductsCreated: 100,
      yearsOfEmployment: 4,
    }
    expect(await entity(user, '... on User { averageProductsCreatedPerYear }')).toEqual({
      data: { _entities: [{ averageProductsCreatedPerYear: 25 }] },
    })
  })

  test('@provides', async () => {
    expect(sdl).toContain('createdBy:User@provides(fields:"totalProductsCreated")')
    expect(await product('createdBy { email totalProductsCreated }')).toEqual({
      data: { product: { createdBy: { email: 'support@apollographql.com', totalProductsCreated: 1337 } } },
    })
  })

  test('@shareable', async () => {
    expect(sdl).toContain('type ProductDimension@shareable')
    expect(await product('dimensions { size weight }')).toEqual({
      data: { product: { dimensions: { size: 'small', weight: 1 } } },
    })
  })

  test('@tag', () => {
    expect(sdl).toContain('@tag(name:"internal")')
    expect(sdl).not.toContain('@federation__tag')
  })

  test('@override', async () => {
    expect(sdl).toContain('name:String@override(from:"users")')
    expect(await product('createdBy { name }')).toEqual({ data: { product: { createdBy: { name: 'Jane Smith' } } } })
  })

  test('@inaccessible', async () => {
    expect(sdl).toContain('unit:String@inaccessible')
    expect(await product('dimensions { unit }')).toEqual({ data: { product: { dimensions: { unit: 'kg' } } } })
  })

  test('@composeDirective', () => {
    expect(sdl).toMatch(/@link\(url:"(?!https:\/\/specs\.apollo\.dev)[^"]+" import:\["@perViewer"\]\)/)
    expect(sdl).toMatch(/schema.*@composeDirective\(name:"@perViewer"\)/)
    expect(sdl).toMatch(/directive@perViewer on .*OBJECT/)
    expect(sdl).toMatch(/type Product[^{]*@perViewer/)
  })

  test('@interfaceObject', async () => {
    expect(sdl).toMatch(/type Inventory[^{]*@interfaceObject/)
    expect(sdl).toMatch(/type Inventory[^{]*@key\(fields:"id"\)/)
    const inventory = { __typename: 'Inventory', id: 'apollo-oss' }
    expect(await entity(inventory, '... on Inventory { deprecatedProducts { sku reason } }')).toEqual({
      data: {
        _entities: [{ deprecatedProducts: [{ sku: 'apollo-federation-v1', reason: 'Migrate to Federation V2' }] }],
      },
    })
  })

  test('ftv1: a trace for who asks for it', async () => {
    expect(await ask(app, '{ __typename }', {}, traced)).toEqual({
      data: { __typename: 'Query' },
      extensions: { ftv1: expect.any(String) as unknown },
    })
    expect(await ask(app, '{ __typename }')).toEqual({ data: { __typename: 'Query' } })
  })
})

test('there are no traces by default', async () => {
  const app = await start(false)
  expect(await ask(app, '{ __typename }', {}, traced)).toEqual({ data: { __typename: 'Query' } })
  await app.close()
})
