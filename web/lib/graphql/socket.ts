import type { Client } from 'graphql-ws'
import { createClient } from 'graphql-ws'
import { backoff } from '../backoff'
import { refreshSession } from '../session/refresh'
import { connectionStore, patience, reportStream } from './connection'
import { SilenceWatch } from './silence-watch'

/** The access token expired or was revoked; an HTTP refresh gives a new one. */
const closedForRefresh = 4403
/** The gateway sees no session. This also happens with an expired cookie, so a refresh decides. */
const closedSignedOut = 4401

/**
 * The one socket of this tab. Cookies are sent with the upgrade, so a refresh must happen before the socket is opened:
 * `url` is a function, called before every attempt. It must not throw, or graphql-ws would wait for ever.
 */
export function createSocket(): Client {
  let mustRefresh = false
  let socket: WebSocket | null = null
  const watch = new SilenceWatch({
    ping: () => socket?.send('{"type":"ping"}'),
    report: (isHeard) => reportStream('connection', isHeard),
    giveUp: () => client.terminate(),
    isHidden: () => document.hidden,
  })

  const client = createClient({
    url: async () => {
      if (mustRefresh) mustRefresh = (await refreshSession()) === 'unreachable'
      return `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`
    },
    lazy: true,
    // Navigation between conversations should not close the socket.
    lazyCloseTimeout: 2_000,
    connectionAckWaitTimeout: 10_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (retries) => patience(backoff(retries)),
    on: {
      connecting: (retrying) => connectionStore.set(retrying ? 'waiting' : 'connecting'),
      connected: (opened) => {
        socket = opened as WebSocket
        connectionStore.set('connected')
        watch.start()
      },
      message: () => watch.hear(),
      closed: (event) => {
        socket = null
        watch.stop()
        const code = (event as CloseEvent).code
        mustRefresh ||= code === closedForRefresh || code === closedSignedOut
        connectionStore.set(code === 1000 ? 'idle' : 'waiting')
      },
    },
  })
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) watch.check()
  })
  // The device has no network any more: nothing will come, and what waits is tried again when there is one.
  window.addEventListener('offline', () => {
    if (socket !== null) client.terminate()
  })
  return client
}
