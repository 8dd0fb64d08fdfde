import pino, { type Logger } from 'pino'
import type { ServiceEnv } from '../env/service-env'
import { logOutput } from './log-output'
import { pinoOptions } from './pino-options'

/** The same lines for a process without Nest. */
export const plainLogger = (service: string, env: Pick<ServiceEnv, 'LOG_LEVEL'>): Logger =>
  pino(pinoOptions(service, env), logOutput())
