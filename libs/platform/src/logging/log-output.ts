import pino from 'pino'

interface LogOutput extends pino.DestinationStream {
  /** pino calls it after a line of level fatal. */
  readonly flushSync: () => void
}

/** While nothing can be written, lines wait up to here, and later ones are dropped. */
const maxWaitingBytes = 16 * 1024 * 1024

let output: LogOutput | undefined

/**
 * Standard output, written once for all lines of one turn of the event loop: a write for each line cost a fifth of a
 * small request. What was logged before `process.exit` or an uncaught error is written. What ends the process itself
 * (SIGKILL, a signal without a listener, an abort, no memory left) loses the lines of its last turn.
 */
export const logOutput = (): LogOutput => (output ??= joined())

function joined(): LogOutput {
  // Its `flushSync` would wait for the disk, so lines wait here and not there.
  const destination = pino.destination({ dest: process.stdout.fd, sync: true, maxLength: maxWaitingBytes })
  // A full disk is no reason to stop serving, and there is nowhere to log it. The next write tries again.
  destination.on('error', () => undefined)
  let waiting = ''
  const write = (): void => {
    const lines = waiting
    waiting = ''
    if (lines !== '') destination.write(lines)
  }
  process.once('exit', write)
  return {
    write(line) {
      if (waiting === '') setImmediate(write)
      waiting += line
    },
    flushSync: write,
  }
}
