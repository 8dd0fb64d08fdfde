import { Logger } from '@nestjs/common'
import { isOutage } from '../failures'

/**
 * The last guard of a process: an exception that a driver throws outside of its callers when its engine goes down is an
 * outage and no reason to exit, since each of our calls has been answered or reaches its own deadline. Anything else is
 * a defect, after which the state is unknown: the process logs it and exits, and its supervisor starts it again.
 */
export function outliveOutages(host: Pick<NodeJS.Process, 'on' | 'exit'> = process): void {
  const logger = new Logger('Process')
  const judge = (thrown: unknown): void => {
    if (isOutage(thrown)) {
      logger.warn({ err: thrown }, 'A driver lost its engine and threw outside of any call')
      return
    }
    logger.fatal({ err: thrown }, 'An unexpected failure ends this process')
    host.exit(1)
  }
  host.on('uncaughtException', judge)
  host.on('unhandledRejection', judge)
}
