import { randomUUID } from 'node:crypto'
import type { DynamicModule, Type } from '@nestjs/common'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test, type TestingModuleBuilder } from '@nestjs/testing'
import { createTopics } from '../kafka/create-topics'
import { testBrokers, testConsumer } from '../kafka/testing/test-kafka'
import { SubgraphClient } from './subgraph-client'

export interface SubgraphOptions {
  /** Default: any free one. */
  readonly port?: number
  /** Controllers of the test: they simulate other services on Kafka. */
  readonly controllers?: Type[]
  /** Overrides providers for the test. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder
  /**
   * Whether its Kafka consumers run, in a group of the test's own: from the beginning, or only for new events. Default:
   * not.
   */
  readonly consume?: 'from the beginning' | 'from now'
}

export interface TestSubgraph {
  readonly app: NestFastifyApplication
  /** `http://127.0.0.1:…` */
  readonly address: string
  readonly client: SubgraphClient
  /** May be called twice. */
  stop(): Promise<void>
}

/** A whole subgraph as it runs in production, in this process, on the engines that its environment names. */
export async function startSubgraph(module: DynamicModule, options: SubgraphOptions = {}): Promise<TestSubgraph> {
  const { port = 0, controllers = [], override = (builder: TestingModuleBuilder) => builder, consume } = options
  const compiled = await override(Test.createTestingModule({ imports: [module], controllers })).compile()
  const app = compiled.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false })
  if (consume !== undefined) {
    await createTopics(testBrokers())
    const consumer = testConsumer(`test-${randomUUID()}`, consume === 'from the beginning')
    app.connectMicroservice<MicroserviceOptions>(consumer)
    await app.startAllMicroservices()
  }
  await app.listen(port, '127.0.0.1')
  const address = await app.getUrl()
  const client = new SubgraphClient(address)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= client.close().then(() => app.close()))
  return { app, address, client, stop }
}
