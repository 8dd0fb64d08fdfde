import type { DynamicModule, Type } from '@nestjs/common'
import type { MicroserviceOptions } from '@nestjs/microservices'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { testConsumer, type TestTopics } from '../kafka/testing/test-kafka'
import { SubgraphClient } from './subgraph-client'

export interface SubgraphOptions {
  /** Default: any free one. */
  readonly port?: number
  /** Controllers of the test: they simulate other services on Kafka. */
  readonly controllers?: Type[]
  /** Runs its Kafka consumers on these topics. Default: they do not run. */
  readonly topics?: TestTopics
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
  const { port = 0, controllers = [], topics } = options
  const compiled = await Test.createTestingModule({ imports: [module], controllers }).compile()
  const app = compiled.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false })
  if (topics !== undefined) {
    app.connectMicroservice<MicroserviceOptions>(testConsumer(topics.env))
    await app.startAllMicroservices()
  }
  await app.listen(port, '127.0.0.1')
  const address = await app.getUrl()
  const client = new SubgraphClient(address)
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= client.close().then(() => app.close()))
  return { app, address, client, stop }
}
