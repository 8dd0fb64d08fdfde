import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { parseEnv } from '@parley/platform/env/parse-env'
import { type UserEnv, userEnv } from '../env'
import { UserModule } from '../user.module'
import { engine } from './test-postgres'

export interface TestService {
  readonly app: NestFastifyApplication
  readonly address: string
  readonly env: UserEnv
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

export const testSecret = (): string => randomBytes(32).toString('base64')

/** The whole subgraph on real engines and a free port, but for its Kafka consumers. */
export async function startTestService(
  postgresUrl: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const env = parseEnv(userEnv, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    PORT: String(port),
    JWKS_URL: `${address}/.well-known/jwks.json`,
    POSTGRES_URL: postgresUrl,
    REDIS_NODES: engine('PARLEY_REDIS_NODES'),
    KAFKA_BROKERS: engine('PARLEY_KAFKA_BROKERS'),
    SIGNING_KEY_SECRET: testSecret(),
    ...overrides,
  })
  const module = await Test.createTestingModule({ imports: [UserModule.forRoot(env)] }).compile()
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter())
  await app.listen(port, '127.0.0.1')
  return { app, address, env }
}
