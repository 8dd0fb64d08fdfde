import { connect, type Socket } from 'node:net'
import postgres from 'postgres'
import type { Sql } from './database'

/** The timeout of every statement of a service; migrations have a client of their own. */
const statementMs = 5_000
/** A server that hangs does not enforce its own statement_timeout. */
const silenceMs = statementMs + 1_000
const connectSeconds = 3

interface SocketAddress {
  readonly host: readonly string[]
  readonly port: readonly number[]
  /** A Unix socket. */
  readonly path: string | false
}

/** The pool of a service: connects at the first query, and again within half a second of the server's return. */
export function openPostgres(url: string): Sql {
  const options = {
    max: 10,
    connect_timeout: connectSeconds,
    idle_timeout: 60,
    backoff: (retries: number) => Math.min(0.5, 0.05 * 2 ** retries),
    connection: { statement_timeout: statementMs },
    onnotice: () => undefined,
    // The driver accepts a socket that is still connecting: writes are buffered in it. Its types leave this option out.
    socket: openSocket,
  }
  return postgres(url, options)
}

function openSocket({ host: [host = ''], port: [port = 0], path }: SocketAddress): Socket {
  const socket = typeof path === 'string' ? connect(path) : connect(port, host)
  return endWhenSilent(Object.assign(socket, { host, port }))
}

/** The driver has no statement timeout of its own: a server that stops answering would block it for ever. */
function endWhenSilent(socket: Socket): Socket {
  let silence: NodeJS.Timeout | undefined
  const expectAnswer = (): void => {
    silence ??= setTimeout(() => socket.destroy(new SilentServer()), silenceMs).unref()
  }
  const write = socket.write.bind(socket) as (...args: unknown[]) => boolean
  socket.write = (...args: unknown[]) => {
    expectAnswer()
    return write(...args)
  }
  const answered = (): void => {
    clearTimeout(silence)
    silence = undefined
  }
  return socket.on('data', answered).on('close', answered)
}

class SilentServer extends Error {
  readonly code = 'ETIMEDOUT'

  constructor() {
    super(`PostgreSQL has not answered for ${silenceMs} ms`)
  }
}
