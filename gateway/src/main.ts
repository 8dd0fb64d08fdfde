import '@parley/platform/service/start-quickly'
import './documents/planning-ahead'
import 'reflect-metadata'
import { Logger } from '@nestjs/common'
import { parseEnv } from '@parley/platform/env/parse-env'
import { outliveOutages } from '@parley/platform/service/outlive-outages'
import { stopOnSignal } from '@parley/platform/service/stop-on-signal'
import { gatewayEnv } from './env'
import { createGateway } from './gateway'
import { limits } from './limits'

const logger = new Logger('Gateway')

async function main(): Promise<void> {
  const env = parseEnv(gatewayEnv)
  const app = await createGateway(env)
  outliveOutages()
  stopOnSignal(app)
  await app.listen({ port: env.PORT, host: env.HOST, backlog: limits.backlog })
}

main().catch((error: unknown) => {
  logger.error({ err: error }, 'The gateway did not start')
  process.exit(1)
})
