import pino from 'pino'

let output: pino.DestinationStream | undefined

/**
 * Standard output, written once for all lines of one turn of the event loop: a write for each line cost a fifth of a
 * small request. What a process has logged before it exits is written; only SIGKILL loses the lines of its last turn.
 */
export const logOutput = (): pino.DestinationStream => (output ??= joined())

function joined(): pino.DestinationStream {
  // Its `flushSync` would wait for the disk, so lines wait here and not there.
  const destination = pino.destination({ dest: process.stdout.fd, sync: true })
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
  }
}
