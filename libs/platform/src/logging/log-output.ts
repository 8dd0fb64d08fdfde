import pino from 'pino'

/** Lines that wait are written at once when they are more than this. */
const waitingBytes = 8 * 1024

let output: pino.DestinationStream | undefined

/**
 * Standard output, written once for all lines of one turn of the event loop: a write for each line cost a fifth of a
 * small request. What a process has logged before it exits is written; only SIGKILL loses the lines of its last turn.
 */
export const logOutput = (): pino.DestinationStream => (output ??= joined())

function joined(): pino.DestinationStream {
  const lines = pino.destination({ dest: process.stdout.fd, sync: true, minLength: waitingBytes })
  let isScheduled = false
  const flush = (): void => {
    isScheduled = false
    lines.flushSync()
  }
  process.once('exit', flush)
  return {
    write(line) {
      lines.write(line)
      if (isScheduled) return
      isScheduled = true
      setImmediate(flush)
    },
  }
}
