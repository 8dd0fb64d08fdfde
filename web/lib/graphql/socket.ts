import type { Client } from 'graphql-ws'
import { createClient } from 'graphql-ws'
import { backoff } from '../backoff'
import { refreshSession } from '../session/refresh'
import { connectionStore, patience } from './connection'

/** The access token expired or was revoked; an HTTP refresh gives a new one. */
const closedForRefresh = 4403
/** The gateway sees no session. This also happens with an expired cookie, so a refresh decides. */
const closedSignedOut = 4401
const pongTimeout = 5_000

/**
 * The one socket of this tab. Cookies are sent with the upgrade, so a refresh must happen before the socket is opened:
 * `url` is a function, called before every attempt. It must not throw, or graphql-ws would wait for ever.
 */
export function createSocket(): Client {
  let mustRefresh = false
  let pongTimer: ReturnType<typeof setTimeout> | undefined

  const client = createClient({
    url: async () => {
      if (mustRefresh) mustRefresh = (await refreshSession()) === 'unreachable'
      return `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`
    },
    lazy: true,
    // Navigation between conversations should not close the socket.
    lazyCloseTimeout: 2_000,
    keepAlive: 10_000,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => patience(backoff(retries)),
    on: {
      connecting: (retrying) => connectionStore.set(retrying ? 'waiting' : 'connecting'),
      connected: () => connectionStore.set('connected'),
      closed: (event) => {
        clearTimeout(pongTimer)
        const code = (event as CloseEvent).code
        mustRefresh ||= code === closedForRefresh || code === closedSignedOut
        connectionStore.set(code === 1000 ? 'idle' : 'waiting')
      },
      ping: (received) => {
        if (received) return
        // A socket without pongs is dead, even if the operating system reports it open.
        clearTimeout(pongTimer)
        pongTimer = setTimeout(() => client.terminate(), pongTimeout)
      },
      pong: (received) => {
        if (received) clearTimeout(pongTimer)
      },
    },
  })
  return client
}
