import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from '@parley/platform/env/parse-env'
import { testTopics } from '@parley/platform/kafka/testing/test-kafka'
import { startSubgraph, type TestSubgraph } from '@parley/platform/testing/start-subgraph'
import { testEnvironment } from '@parley/platform/testing/test-environment'
import { type UserEnv, userEnv } from '../env'
import { UserModule } from '../user.module'

export const migrationsFolder = join(__dirname, '..', '..', 'migrations')

export interface TestService extends TestSubgraph {
  readonly env: UserEnv
  readonly environment: Readonly<Record<string, string>>
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

/** The whole subgraph on real engines. It fetches its keys from itself, so its port is chosen before. */
export async function startTestService(
  postgresUrl: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<TestService> {
  const port = await freePort()
  const topics = await testTopics()
  const environment = {
    ...testEnvironment(topics, `http://127.0.0.1:${port}/.well-known/jwks.json`),
    PORT: String(port),
    POSTGRES_URL: postgresUrl,
    SIGNING_KEY_SECRET: testSecret(),
    ...overrides,
  }
  const env = parseEnv(userEnv, environment)
  const subgraph = await startSubgraph(UserModule.forRoot(env), { port, topics })
  const stop = async (): Promise<void> => {
    await subgraph.stop()
    await topics.drop()
  }
  return { ...subgraph, environment, env, stop }
}
