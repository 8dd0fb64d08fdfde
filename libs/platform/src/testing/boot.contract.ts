import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { printSubgraphSchema } from '@apollo/subgraph'
import type { DynamicModule, Type } from '@nestjs/common'
import { GraphQLSchemaHost } from '@nestjs/graphql'
import type { z } from 'zod'
import { parseEnv } from '../env/parse-env'
import { eventually } from '../kafka/testing/test-kafka'
import { bootFaults } from './boot-faults'
import { proxiedUrl } from './proxied-engines'
import { startSubgraph, type TestSubgraph } from './start-subgraph'

export interface Booted<Schema extends z.ZodType> {
  /** Its src/. */
  readonly folder: string
  /** The lists of its use-cases.ts. */
  readonly handlers: readonly Type[]
  readonly env: Schema
  readonly module: { forRoot(env: z.infer<Schema>): DynamicModule }
}

/** What holds for every subgraph as a whole. `service` is a running one, with the environment that it was given. */
export function bootContract<Schema extends z.ZodType>(
  { folder, handlers, env, module }: Booted<Schema>,
  service: () => TestSubgraph & { readonly environment: Readonly<Record<string, string>> },
): void {
  it('has a handler for every command and query', () => {
    const useCases = { folder: join(folder, 'application'), handlers, load: jest.requireActual<object> }
    expect(bootFaults(service().app, useCases)).toEqual([])
  })

  it('is alive and ready', async () => {
    expect(await service().client.health()).toEqual([200, 200])
  })

  it('serves the schema that is checked in', () => {
    const { schema } = service().app.get(GraphQLSchemaHost)
    const file = join(__dirname, '../../../../schema', `${basename(dirname(folder))}.graphql`)
    expect(`${printSubgraphSchema(schema)}\n`).toBe(readFileSync(file, 'utf8'))
  })

  it('reports every fault of its environment at once, and exits', () => {
    const written: string[] = []
    const exit = jest.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`Exit with ${code}`)
    })
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0)
    const database = databaseOf(service().environment)
    const { PORT: _port, JWKS_URL: _url, KAFKA_BROKERS: _brokers, ...rest } = service().environment
    const wrong = { ...rest, KAFKA_TOPIC_PREFIX: 'a b', [database]: 'nowhere' }
    expect(() => parseEnv(env, wrong)).toThrow('Exit with 78')
    for (const spy of [exit, write]) spy.mockRestore()
    for (const fault of ['PORT', 'JWKS_URL', 'KAFKA_BROKERS', 'KAFKA_TOPIC_PREFIX', database])
      expect(written.join('')).toContain(`  ${fault}: `)
  })

  it('starts while its database is down, and becomes ready when it is up', async () => {
    const { environment } = service()
    const database = databaseOf(environment)
    const { proxy, url } = await proxiedUrl(environment[database] ?? '')
    await proxy.refuse()
    const early = await startSubgraph(module.forRoot(parseEnv(env, { ...environment, [database]: url })))
    expect(await early.client.health()).toEqual([200, 503])
    await proxy.pass()
    await eventually(async () => (await early.client.health())[1] === 200)
    await early.stop()
    await proxy.close()
  }, 30_000)
}

const databaseOf = (environment: object): 'MONGO_URL' | 'POSTGRES_URL' =>
  'MONGO_URL' in environment ? 'MONGO_URL' : 'POSTGRES_URL'
