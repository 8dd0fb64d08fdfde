import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from '@parley/platform/env/parse-env'
import { engineAddress } from '@parley/platform/testing/engine-address'
import { startSubgraph, type TestSubgraph } from '@parley/platform/testing/start-subgraph'
import { type UserEnv, userEnv } from '../env'
import { UserModule } from '../user.module'

export const migrationsFolder = join(__dirname, '..', '..', 'migrations')

export interface TestService extends TestSubgraph {
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

/**
 * The whole subgraph on real engines, without its Kafka consumers. It requests its own keys, so its port is chosen
 * before the start.
 */
export async function startTestService(
  postgresUrl: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  const port = await freePort()
  const env = parseEnv(userEnv, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    PORT: String(port),
    JWKS_URL: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    POSTGRES_URL: postgresUrl,
    REDIS_NODES: engineAddress('PARLEY_REDIS_NODES'),
    KAFKA_BROKERS: engineAddress('PARLEY_KAFKA_BROKERS'),
    SIGNING_KEY_SECRET: testSecret(),
    ...overrides,
  })
  return { ...(await startSubgraph(UserModule.forRoot(env), { port })), env }
}
