import type { Client } from 'graphql-ws'
import { createClient } from 'graphql-ws'
import { backoff } from '../backoff'
import { refreshSession } from '../session/refresh'
import { connectionStore, patience } from './connection'

/** The access token expired or was revoked; an HTTP refresh brings a new one. */
const closedForRefresh = 4403
/** Nobody is signed in as far as the gateway can see. Also what an expired cookie looks like, so a refresh decides. */
const closedSignedOut = 4401
const pongTimeout = 5_000

/**
 * The one socket of this tab. Cookies travel with the upgrade, so a refresh must happen before the socket is opened:
 * the address is a function, and is asked before every attempt. It must not throw, or graphql-ws would wait for ever.
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
    // A page that swaps one conversation for another should not drop the socket in between.
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
        // A socket that swallows pings is dead, whatever the operating system believes.
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
