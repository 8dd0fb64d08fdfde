import 'reflect-metadata'
import { Logger } from '@nestjs/common'
import { parseEnv } from '@parley/platform/env/parse-env'
import { gatewayEnv } from './env'
import { createGateway } from './gateway'

const drainMs = 10_000
const logger = new Logger('Gateway')

async function main(): Promise<void> {
  const env = parseEnv(gatewayEnv)
  const app = await createGateway(env)
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return
    stopping = true
    logger.log(`${signal}: draining`)
    setTimeout(() => process.exit(1), drainMs).unref()
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'Not everything closed cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  await app.listen(env.PORT, env.HOST)
}

main().catch((error: unknown) => {
  logger.error({ err: error }, 'The gateway did not start')
  process.exit(1)
})
