import { type INestApplicationContext, Logger } from '@nestjs/common'

const drainMs = 10_000

/**
 * SIGTERM and SIGINT drain: pending work is finished, then engines are disconnected and the process exits with 0; with
 * 1 when something did not close cleanly, and after 10 s in any case.
 */
export function stopOnSignal(app: INestApplicationContext): void {
  const logger = new Logger('Service')
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
}
