import { Logger } from '@nestjs/common'
import { isOutage } from '../failures'

/**
 * The last guard of a process: what a driver throws or rejects past its callers when its engine goes away is an outage and no
 * reason to die, since every caller of ours has been answered or runs into its own deadline. Anything else is a defect, after
 * which the state is not known: the process says so and ends, and what runs it starts it again.
 */
export function outliveOutages(host: Pick<NodeJS.Process, 'on' | 'exit'> = process): void {
  const logger = new Logger('Process')
  const judge = (thrown: unknown): void => {
    if (isOutage(thrown)) {
      logger.warn({ err: thrown }, 'A driver lost its engine and told nobody')
      return
    }
    logger.fatal({ err: thrown }, 'An unexpected failure ends this process')
    host.exit(1)
  }
  host.on('uncaughtException', judge)
  host.on('unhandledRejection', judge)
}
