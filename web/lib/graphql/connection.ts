import { Store } from '../store'

/** `idle` until something subscribes; `waiting` between attempts, after a connection was lost or refused. */
export type Connection = 'idle' | 'connecting' | 'connected' | 'waiting'

/** The state of the one socket, for the banner, the outbox and the streams. */
export const connectionStore = new Store<Connection>('idle')

/**
 * Streams that ended or went mute and have sent nothing since, although the socket is open: their subgraph is down.
 * Each under a name of its own.
 */
export const lostStreams = new Store<ReadonlySet<string>>(new Set())

export function reportStream(name: string, isLive: boolean): void {
  const lost = lostStreams.get()
  if (lost.has(name) !== isLive) return
  lostStreams.set(isLive ? new Set([...lost].filter((other) => other !== name)) : new Set([...lost, name]))
}

/** Calls back each time that the socket has connected or reconnected. */
export function onConnected(callback: () => void): () => void {
  return connectionStore.subscribe(() => {
    if (connectionStore.get() === 'connected') callback()
  })
}

/** Waits this long, or shorter: until the network, the window or the user triggers a retry. */
export function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      window.removeEventListener(tryNowEvent, done)
      document.removeEventListener('visibilitychange', whenVisible)
      resolve()
    }
    const whenVisible = () => {
      if (document.visibilityState === 'visible') done()
    }
    const timer = setTimeout(done, milliseconds)
    window.addEventListener('online', done)
    window.addEventListener(tryNowEvent, done)
    document.addEventListener('visibilitychange', whenVisible)
  })
}

const tryNowEvent = 'parley:try-now'

/** Ends all waits at once: the button in the banner. */
export function tryNow(): void {
  window.dispatchEvent(new Event(tryNowEvent))
}

/** Calls back each time that the user requests a retry. */
export function onTryNow(callback: () => void): () => void {
  window.addEventListener(tryNowEvent, callback)
  return () => window.removeEventListener(tryNowEvent, callback)
}
