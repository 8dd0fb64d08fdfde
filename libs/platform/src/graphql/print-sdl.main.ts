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

/** An instance without its dependencies, used only for its metadata. */
const unwired = (resolver: Type<object>): Provider => ({
  provide: resolver,
  useFactory: () => Object.create(resolver.prototype as object) as object,
})

/** `node print-sdl.main.js <dist/presentation/resolvers.js>`: prints the SDL of this subgraph, without any engine. */
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
