import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

interface Fault {
  readonly status: number
  readonly code: string
  readonly message: string
}

const faults: Readonly<Record<string, Fault>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'INVALID_INPUT',
    message: 'The request took too long to arrive. Send it again.',
  },
  HPE_HEADER_OVERFLOW: { status: 431, code: 'PAYLOAD_TOO_LARGE', message: 'The headers of the request are too long.' },
}
const notHttp: Fault = { status: 400, code: 'INVALID_INPUT', message: 'That is no request of HTTP/1.1.' }

const perTurn = 20
const due: (() => void)[] = []

/** For malformed or incomplete requests, which reach no route. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  // Node reports all late connections in one turn: closing them in batches lets other requests run in between.
  if (due.push(() => close(error, socket)) === 1) setImmediate(closeSome)
}

function closeSome(): void {
  for (const work of due.splice(0, perTurn)) work()
  if (due.length > 0) setImmediate(closeSome)
}

function close(error: NodeJS.ErrnoException, socket: Socket): void {
  const { status, code, message } = faults[error.code ?? ''] ?? notHttp
  const body = JSON.stringify({ errors: [{ message, extensions: { category: 'input', code } }] })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  // Without the error: Node would build a stack trace for each of the hundreds that are closed in one turn.
  socket.destroy()
}
