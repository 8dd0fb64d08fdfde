import cluster from 'node:cluster'
import { parseEnv } from '@parley/platform/env/parse-env'
import { plainLogger } from '@parley/platform/logging/plain-logger'
import { gatewayEnv } from '../env'
import { Supervisor } from './supervisor'

/** This process only keeps the workers running; where the kernel does not, it also hands connections to them. */
export function supervise(count: number): void {
  // Faults of the environment are reported once, not by each worker.
  const log = plainLogger('gateway', parseEnv(gatewayEnv))
  const supervisor = new Supervisor(count, {
    fork: (number) => cluster.fork({ GATEWAY_WORKER: String(number) }),
    log,
    exit: (code) => process.exit(code),
  })
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'All workers drain')
    supervisor.stop()
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  supervisor.start()
}
