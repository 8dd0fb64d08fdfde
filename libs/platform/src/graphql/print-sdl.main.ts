import 'reflect-metadata'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { printSubgraphSchema } from '@apollo/subgraph'
import { Module, type Provider, type Type } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { GraphQLSchemaHost } from '@nestjs/graphql'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { AuthModule } from '../auth/auth.module'
import { subgraphGraphQLModule } from './subgraph-graphql.module'

interface SubgraphResolvers {
  readonly resolvers: readonly Type<object>[]
  readonly orphanedTypes: readonly Type<object>[]
  readonly directives: readonly string[]
}

@Module({})
class SchemaModule {}

/** An instance that is asked for nothing but its metadata: what a resolver needs to work is not there. */
const unwired = (resolver: Type<object>): Provider => ({
  provide: resolver,
  useFactory: () => Object.create(resolver.prototype as object) as object,
})

/** `node print-sdl.main.js <dist/presentation/resolvers.js>`: the SDL that this subgraph serves, without an engine. */
async function print(path: string): Promise<void> {
  const { resolvers, orphanedTypes, directives } = createRequire(__filename)(resolve(path)) as SubgraphResolvers
  const auth = AuthModule.forRoot({ JWKS_URL: 'http://localhost/jwks', JWT_ISSUER: 'parley', JWT_AUDIENCE: 'parley' })
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: SchemaModule,
      imports: [auth, subgraphGraphQLModule({ orphanedTypes, directives, production: true })],
      providers: resolvers.map(unwired),
    },
    new FastifyAdapter(),
    { logger: ['error'] },
  )
  await app.init()
  process.stdout.write(`${printSubgraphSchema(app.get(GraphQLSchemaHost).schema)}\n`)
  await app.close()
}

void print(process.argv[2] ?? '')
