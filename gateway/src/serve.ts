import './documents/planning-ahead'
import 'reflect-metadata'
import cluster from 'node:cluster'
import type { ListenOptions } from 'node:net'
import { Logger } from '@nestjs/common'
import { parseEnv } from '@parley/platform/env/parse-env'
import { outliveOutages } from '@parley/platform/service/outlive-outages'
import { stopOnSignal } from '@parley/platform/service/stop-on-signal'
import { gatewayEnv } from './env'
import { createGateway } from './gateway'
import { limits } from './limits'
import { reportAlive } from './workers/report-alive'

const logger = new Logger('Gateway')

/** Linux spreads connections over the workers; elsewhere their supervisor takes turns, at three times the CPU of each. */
const reusePort = cluster.isWorker && process.platform === 'linux'

/** The gateway in this process: alone, or as one of the workers of a supervisor. */
export async function serve(): Promise<void> {
  try {
    const env = parseEnv(gatewayEnv)
    const app = await createGateway(env)
    outliveOutages()
    stopOnSignal(app)
    const at: ListenOptions = { port: env.PORT, host: env.HOST, backlog: limits.backlog, reusePort }
    await app.listen(at)
    reportAlive()
  } catch (error) {
    logger.error({ err: error }, 'The gateway did not start')
    process.exit(1)
  }
}
